import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitsGlob, prepareGlob } from '../../../shared/triggers/glob.ts'
import { startStopwatch } from '../../support/stopwatch.ts'

/** The same question answered without care for time. */
function slowly(glob: string, text: string): boolean {
  if (glob === '') return text === ''
  if (glob[0] === '*') return slowly(glob.slice(1), text) || (text !== '' && slowly(glob, text.slice(1)))
  return text !== '' && (glob[0] === '?' || glob[0] === text[0]) && slowly(glob.slice(1), text.slice(1))
}

const few = (...letters: string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...letters), { maxLength: 9 }).map((all) => all.join(''))

describe('a glob', () => {
  it.each([
    ['/pricing*', '/pricing/', true],
    ['/pricing*', '/about', false],
    ['*/pricing/*', '/demo/fa/pricing', false],
    ['*/pricing/*', '/demo/fa/pricing/x', true],
    ['/p?', '/p1', true],
    ['/p?', '/p', false],
    ['*', '', true],
    ['', '', true],
    ['', '/', false],
    ['/a.c', '/abc', false],
    ['/[a-z]', '/b', false],
    ['/قیمت*', '/قیمت/۲', true],
  ])('T1 %s held against %s: %s', (glob, text, fits) => expect(fitsGlob(glob, text)).toBe(fits))

  it('T1 agrees with the slow reference', () => {
    fc.assert(
      fc.property(few('a', 'b', '*', '?'), few('a', 'b', '*'), (glob, text) => {
        expect(fitsGlob(glob, text)).toBe(slowly(glob, text))
      }),
      { numRuns: 2_000 },
    )
  })

  it('fits itself and everything with itself in it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, text, after) => {
        expect(fitsGlob(text.replaceAll('*', '?'), text)).toBe(true)
        expect(fitsGlob(`*${text.replaceAll('*', '?')}*`, before + text + after)).toBe(true)
      }),
    )
  })

  it('T1 agrees with a pattern of the language, however long what stands between the stars', () => {
    const piece = few('a', 'a?', 'aaaaaaaaaaaaaaaa', '?b')
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 3 }), fc.array(piece), (pieces, texts) => {
        const [glob, text] = [pieces.join('*'), texts.join('')]
        const pattern = glob.replaceAll('*', '[^]*').replaceAll('?', '[^]')
        expect(fitsGlob(glob, text)).toBe(new RegExp(`^${pattern}$`).test(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['letters', 'a'],
    ['question marks', 'a?'],
    ['words', `${'a'.repeat(200)}?`],
  ])('T95 does work in proportion with many %s', (_, often) => {
    const fits = prepareGlob(`*${often.repeat(480 / often.length)}b*`)
    const text = 'a'.repeat(2_000)
    const watch = startStopwatch()
    for (let n = 0; n < 400; n++) expect(fits(text)).toBe(false)
    watch.stop()
    expect(watch.read()).toBeLessThan(700)
  })
})
