import { describe, expect, it } from 'vitest'
import { readNumber } from '../../agent-console/conditions/numbers.ts'
import { countAndShare, digits, duration, listTime, share, wholeDay } from '../../agent-console/ui/format.ts'
import { createWords } from '../../agent-console/ui/words.ts'

const words = { en: createWords('en'), ar: createWords('ar'), fa: createWords('fa') }
const noon = Date.UTC(2026, 10, 23, 12)

describe('C27 figures are said as their reader would', () => {
  it.each([
    ['en', '2 min 10 sec'],
    ['ar', 'دقيقتان و١٠ ثوانٍ'],
    ['fa', '۲ دقیقه و ۱۰ ثانیه'],
  ] as const)('a length of time in %s', (locale, said) => expect(duration(words[locale], 130_000)).toBe(said))

  it.each([
    ['en', '6 (9%)'],
    ['ar', '٦ (٩٪\u061c)'],
    ['fa', '۶ (\u061c۹٪)'],
  ] as const)('a count and its share in %s, without a dot that would be a zero', (locale, said) => {
    expect(countAndShare(words[locale], { n: 6, share: 0.09 })).toBe(said)
    expect(countAndShare(words[locale], { n: 0, share: null })).toBe('–')
  })

  it('a percent sign keeps its side also where no letter goes before it', () => {
    expect(share(words.fa, 0.62)).toBe('\u061c۶۲٪')
  })

  it.each([
    ['en', 'Monday, November 23, 2026'],
    ['ar', 'الاثنين، ٢٣ نوفمبر ٢٠٢٦'],
    ['fa', 'دوشنبه ۲ آذر ۱۴۰۵'],
  ] as const)('a day with its year in %s', (locale, said) =>
    expect(wholeDay({ ...words[locale], zone: 'UTC' }, noon)).toBe(said),
  )

  it('yesterday in a list is called so', () => {
    expect(listTime(words.fa, noon - 24 * 3_600_000, noon)).toBe('دیروز')
  })
})

it.each(['en', 'ar', 'fa'] as const)(
  'C28 what a field shows in %s can be read again, its sign too',
  (locale) => {
    for (const value of [-5, 0, 3_650])
      expect(readNumber(digits(words[locale], value), [-10, 10_000])).toBe(value)
  },
)
