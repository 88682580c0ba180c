import { day } from '../../shared/limits.ts'
import type { Words } from './words.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

const dateFormats = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs more than using it a thousand times. */
function dates(words: Words, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const placed = { timeZone: words.zone, ...options }
  const key = words.tag + JSON.stringify(placed)
  const made = dateFormats.get(key) ?? new Intl.DateTimeFormat(words.tag, placed)
  dateFormats.set(key, made)
  return made
}

export const clockTime = (words: Words, at: number): string =>
  dates(words, { hour: 'numeric', minute: '2-digit' }).format(at)

/** In the unit that says it shortest. */
export function fileSize({ tag }: Words, size: number): string {
  const [unit, value] =
    size < 1_000_000 ? ['kilobyte', Math.max(0.1, size / 1024)] : ['megabyte', size / 1024 / 1024]
  const style = { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 } as const
  return new Intl.NumberFormat(tag, style).format(value)
}

/** The pieces of a date by name: what `Intl` has for the Persian calendar begins with the year. */
function piecesOf(words: Words, at: number, options: Intl.DateTimeFormatOptions) {
  const parts = dates(words, options).formatToParts(at)
  return {
    parts,
    inOrder: (...names: readonly string[]) =>
      names.map((name) => parts.find(({ type }) => type === name)?.value ?? '').join(' '),
  }
}

/** With the month as a word: in Arabic the medium style is digits and strokes. */
const momentFormat: Intl.DateTimeFormatOptions = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
}

export const dayAndTime = (words: Words, at: number): string => dates(words, momentFormat).format(at)

/** For arithmetic that can be gone over. */
export const momentToSecond = (words: Words, at: number): string =>
  dates(words, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    second: '2-digit',
  }).format(at)

/** A stretch of time; what both ends have in common is said once. */
export const fromTo = (words: Words, from: number, to: number): string =>
  dates(words, momentFormat).formatRange(from, to)

export const shortDay = (words: Words, at: number): string =>
  dates(words, { day: 'numeric', month: 'short' }).format(at)

/** A date is the same one wherever it is read. */
const dateAlone = { timeZone: 'UTC' } as const

/** Day of a report. */
export const reportDay = (words: Words, isoDay: string): string =>
  dates(words, { ...dateAlone, day: 'numeric', month: 'short' }).format(Date.parse(isoDay))

/** @param days counted from 1970-01-01, both included */
export const fromDayToDay = (words: Words, first: number, last: number): string =>
  dates(words, { ...dateAlone, day: 'numeric', month: 'short', year: 'numeric' }).formatRange(
    first * day,
    last * day,
  )

export const wholeDate = (words: Words, date: number): string =>
  toldWhole(words, date * day, { ...dateAlone, ...wholeFormat })

/** Persian in its own order, and none with its era. */
function toldWhole(words: Words, at: number, options: Intl.DateTimeFormatOptions): string {
  const { parts, inOrder } = piecesOf(words, at, options)
  if (words.locale === 'fa') return inOrder('weekday', 'day', 'month', 'year')
  return parts
    .flatMap(({ type, value }) => (type === 'era' ? [] : [value]))
    .join('')
    .trim()
}

const wholeFormat: Intl.DateTimeFormatOptions = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
}

/** Without the era: nobody takes 1405 for another. */
export const monthAndYear = (words: Words, date: number): string =>
  piecesOf(words, date * day, { ...dateAlone, month: 'long', year: 'numeric' }).inOrder('month', 'year')

/** @param weekday 1 for Monday */
export const weekdayName = (words: Words, weekday: number, style: 'long' | 'short' | 'narrow'): string =>
  // 1970-01-05 was a Monday.
  dates(words, { ...dateAlone, weekday: style }).format((weekday + 3) * day)

export const hourOfDay = (words: Words, at: number): string =>
  dates(words, { ...dateAlone, hour: 'numeric', minute: '2-digit' }).format(at * hour)

/** What a time zone is called, such as `Iran Standard Time`. */
export const zoneName = (words: Words, zone: string): string =>
  dates(words, { timeZone: zone, timeZoneName: 'long' })
    .formatToParts(Date.now())
    .find(({ type }) => type === 'timeZoneName')?.value ?? zone

export const dayKey = (at: number): string => new Date(at).toDateString()

export function dayName(words: Words, at: number, now: number): string {
  if (dayKey(at) === dayKey(now)) return words.t('today')
  if (dayKey(at) === dayKey(now - day)) return words.t('yesterday')
  if (new Date(at).getFullYear() !== new Date(now).getFullYear()) return wholeDay(words, at)
  return dates(words, { weekday: 'long', day: 'numeric', month: 'long' }).format(at)
}

/** A day with its year, where times are told. */
export const wholeDay = (words: Words, at: number): string => toldWhole(words, at, wholeFormat)

/** The time of a thing in a list: the hour today, else the day. */
export function listTime(words: Words, at: number, now: number): string {
  if (dayKey(at) === dayKey(now)) return clockTime(words, at)
  return dayKey(at) === dayKey(now - day) ? words.t('yesterday') : shortDay(words, at)
}

export const figure = (words: Words, value: number, digits = 0): string =>
  new Intl.NumberFormat(words.tag, { maximumFractionDigits: digits }).format(value)

/** A number to be edited: in the digits of its language, without marks between them. */
export const digits = (words: Words, value: number): string =>
  new Intl.NumberFormat(words.tag, { useGrouping: false }).format(value)

/** Persian digits run as Latin ones do until a letter goes before: without this mark the sign changes sides. */
const arabicLetter = '\u061c'

export function share(words: Words, value: number): string {
  const said = new Intl.NumberFormat(words.tag, { style: 'percent', maximumFractionDigits: 0 }).format(value)
  return words.locale === 'fa' ? arabicLetter + said : said
}

/** A count and what share it is. No dot between them: in Arabic that is a zero. */
export function countAndShare(words: Words, { n, share: part }: { n: number; share: number | null }): string {
  if (part !== null) return `${figure(words, n)} (${share(words, part)})`
  return n === 0 ? '–' : figure(words, n)
}

type Unit = 'day' | 'hour' | 'minute' | 'second'
const units: readonly { unit: Unit; ms: number }[] = [
  { unit: 'day', ms: day },
  { unit: 'hour', ms: hour },
  { unit: 'minute', ms: minute },
  { unit: 'second', ms: second },
]

const amount = (words: Words, value: number, unit: Unit): string =>
  new Intl.NumberFormat(words.tag, {
    style: 'unit',
    unit,
    // Short Arabic units are single letters that nobody says.
    unitDisplay: words.locale === 'ar' ? 'long' : 'short',
  }).format(value)

/** A length of time in its largest unit, such as `4 min`. */
export function roughly(words: Words, ms: number): string {
  const found = units.find((one) => ms >= one.ms) ?? { unit: 'second' as const, ms: second }
  return amount(words, Math.floor(Math.max(0, ms) / found.ms), found.unit)
}

/** A length of time in its two largest units, such as `4 min 20 sec`. */
export function duration(words: Words, ms: number): string {
  const rounded = Math.round(Math.max(0, ms) / second) * second
  const index = units.findIndex((one) => rounded >= one.ms)
  const large = units[index]
  if (!large) return amount(words, Math.round(ms / 100) / 10, 'second')
  const small = units[index + 1]
  const first = amount(words, Math.floor(rounded / large.ms), large.unit)
  const rest = small ? Math.floor((rounded % large.ms) / small.ms) : 0
  if (!small || rest === 0) return first
  return [first, amount(words, rest, small.unit)].join(conjunctions[words.locale])
}

/** In Arabic it belongs to the word that follows. */
const conjunctions = { en: ' ', ar: ' و', fa: ' و ' }

/** How urgent a wait is: it has just begun, it is felt, or it is over the target. */
export const urgency = (waited: number, target: number): 'fresh' | 'felt' | 'over' => {
  if (waited >= target) return 'over'
  return waited >= minute ? 'felt' : 'fresh'
}

/** How long ago, in its largest unit. */
export function ago({ tag }: Words, at: number, now: number): string {
  const passed = Math.max(0, now - at)
  const { unit, ms } = units.find((one) => passed >= one.ms) ?? { unit: 'second' as const, ms: second }
  return new Intl.RelativeTimeFormat(tag, { style: 'short' }).format(-Math.floor(passed / ms), unit)
}
