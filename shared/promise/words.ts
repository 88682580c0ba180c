import { formatTag, type Locale } from '../locale.ts'

const minute = 60_000
const units = [
  ['day', 24 * 60 * minute],
  ['hour', 60 * minute],
  ['minute', minute],
] as const
type Unit = (typeof units)[number][0]

/** `#` is the number. Languages that bend the noun have its forms by `Intl.PluralRules`. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

interface Words {
  /** `#` is the time. */
  within: string
  nobody: string
  unmeasured: string
  lengths: Record<Unit, Forms>
  andHalf: string
}

const words: Record<Locale, Words> = {
  en: {
    within: 'We usually reply in about #',
    nobody: 'Nobody is here right now. We reply as soon as we are back',
    unmeasured: 'We read every message and reply as soon as we can',
    lengths: {
      minute: { one: 'a minute', other: '# minutes' },
      hour: { one: 'an hour', other: '# hours' },
      day: { one: 'a day', other: '# days' },
    },
    andHalf: 'an hour and a half',
  },
  ar: {
    within: 'نردّ عادةً خلال # تقريبًا',
    nobody: 'لا أحد هنا الآن، وسنردّ فور عودتنا',
    unmeasured: 'نقرأ كل رسالة ونرد في أقرب وقت',
    lengths: {
      minute: { one: 'دقيقة', two: 'دقيقتين', few: '# دقائق', other: '# دقيقة' },
      hour: { one: 'ساعة', two: 'ساعتين', few: '# ساعات', other: '# ساعة' },
      day: { one: 'يوم', two: 'يومين', few: '# أيام', other: '# يومًا' },
    },
    andHalf: 'ساعة ونصف',
  },
  fa: {
    within: 'معمولاً ظرف حدود # پاسخ می‌دهیم',
    nobody: 'الان کسی اینجا نیست؛ همین که برگردیم پاسخ می‌دهیم',
    unmeasured: 'همهٔ پیام‌ها را می‌خوانیم و در اولین فرصت پاسخ می‌دهیم',
    lengths: {
      minute: { other: '# دقیقه' },
      hour: { other: '# ساعت' },
      day: { other: '# روز' },
    },
    andHalf: 'یک ساعت و نیم',
  },
}

/** A length of time as `roundUp` leaves it, as part of a sentence. */
function sayLength(ms: number, locale: Locale): string {
  const { lengths, andHalf } = words[locale]
  if (ms === 90 * minute) return andHalf
  const [unit, length] = units.find(([, one]) => ms >= one) ?? units[2]
  const count = Math.round(ms / length)
  const forms = lengths[unit]
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other
  return form.replace('#', new Intl.NumberFormat(formatTag(locale)).format(count))
}

export const sayWithin = (ms: number, locale: Locale): string =>
  words[locale].within.replace('#', sayLength(ms, locale))

/** Where neither a figure nor a text of the site's own is there. */
export const sayUnmeasured = (locale: Locale): string => words[locale].unmeasured

export const sayNobody = (locale: Locale): string => words[locale].nobody
