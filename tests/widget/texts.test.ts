import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { locales } from '../../shared/locale.ts'
import { loadLanguage } from '../../widget/ui/language.ts'
import { texts as ar } from '../../widget/ui/texts/ar.ts'
import { texts as en } from '../../widget/ui/texts/en.ts'
import { texts as fa } from '../../widget/ui/texts/fa.ts'

const catalogues = { en, ar, fa }

describe.each(locales)('the words in %s', (locale) => {
  const texts = catalogues[locale]

  it('are all there, and none is empty', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(en))
    expect(JSON.stringify(texts)).not.toContain('""')
    expect(texts.ratings).toHaveLength(5)
  })

  it('have every plural form of the language for what is there at all', () => {
    const rules = new Intl.PluralRules(locale)
    const needed = new Set(Array.from({ length: 1_000 }, (_, index) => rules.select(index + 1)))
    for (const forms of [texts.openChatUnread, texts.tooLong, texts.typingMany, texts.waiting])
      expect(Object.keys(forms).sort()).toEqual(expect.arrayContaining([...needed].sort()))
  })

  it('name a person wherever English does, and never shout', () => {
    for (const [key, value] of Object.entries(en))
      if (typeof value === 'string' && value.includes('{name}'))
        expect(Reflect.get(texts, key)).toContain('{name}')
    expect(JSON.stringify(texts)).not.toMatch(/!/)
  })
})

it('counts and dates as the language does', async () => {
  const persian = await loadLanguage('fa')
  const arabic = await loadLanguage('ar')
  const at = Date.UTC(2026, 2, 21, 12)
  expect(persian.plural(fa.openChatUnread, 12)).toContain('۱۲')
  expect(arabic.plural(ar.openChatUnread, 2)).toContain('رسالتان')
  expect(persian.day(at, at + 20 * 86_400_000)).toContain('فروردین')
  expect(persian.day(at, at)).toBe('امروز')
})

it('has no text that nothing says', async () => {
  const folders = ['widget/ui', 'widget/live']
  const names = await Promise.all(folders.map((folder) => readdir(folder)))
  const paths = names.flatMap((found, i) => found.map((name) => `${folders[i]}/${name}`))
  const sources = await Promise.all(
    paths.filter((path) => /\.tsx?$/.test(path)).map((path) => readFile(path, 'utf8')),
  )
  const said = new Set(sources.join().match(/\w+/g))
  expect(Object.keys(en).filter((name) => !said.has(name))).toEqual([])
})

it.each([
  [
    'en',
    ['We are back today at 2:00 PM', 'We are back tomorrow at 9:00 AM', 'We are back Saturday at 9:00 AM'],
  ],
  ['ar', ['نعود اليوم الساعة ٢:٠٠ م', 'نعود غدًا الساعة ٩:٠٠ ص', 'نعود السبت الساعة ٩:٠٠ ص']],
  ['fa', ['امروز ساعت ۱۴:۰۰ برمی‌گردیم', 'فردا ساعت ۹:۰۰ برمی‌گردیم', 'شنبه ساعت ۹:۰۰ برمی‌گردیم']],
] as const)('K15 says in %s when somebody is back, by the clock of the visitor', async (locale, said) => {
  const language = await loadLanguage(locale)
  // A Tuesday.
  const now = new Date(2026, 10, 24, 12).getTime()
  const moments = [new Date(2026, 10, 24, 14), new Date(2026, 10, 25, 9), new Date(2026, 10, 28, 9)]
  expect(moments.map((at) => language.back(at.getTime(), now).replace(/\u202f|\xa0/g, ' '))).toEqual(said)
})

it('K15 names the date where that is a week away or more', async () => {
  const language = await loadLanguage('fa')
  const now = new Date(2026, 2, 18, 12).getTime()
  expect(language.back(new Date(2026, 2, 28, 9).getTime(), now)).toMatch(/۸ فروردین.* ساعت ۹:۰۰/)
})
