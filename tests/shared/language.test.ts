import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { EntryBody } from '../../shared/conversation/entry.ts'
import { AgentId, ClientId, makeId, VisitorId, VisitorToken } from '../../shared/ids.ts'
import { characters, limits } from '../../shared/limits.ts'
import { direction, formatTag, locales, localText, nearestLocale } from '../../shared/locale.ts'
import { email, origin, text, webAddress } from '../../shared/text/fields.ts'

const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 })
const fits = (schema: v.GenericSchema, value: unknown): boolean => v.is(schema, value)

describe('an id', () => {
  const times = fc.integer({ min: 0, max: 2 ** 48 - 1 })

  it('fits its schema and no other', () => {
    fc.assert(
      fc.property(times, bytes, (now, random) => {
        const id = makeId('a', now, random)
        expect([fits(AgentId, id), fits(VisitorId, id)]).toEqual([true, false])
      }),
    )
  })

  it('sorts by age', () => {
    fc.assert(
      fc.property(times, times, bytes, bytes, (one, other, a, b) => {
        if (one < other) expect(makeId('c', one, a) < makeId('c', other, b)).toBe(true)
      }),
    )
  })

  it('differs for different random bytes', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(makeId('c', 7, a) === makeId('c', 7, b)).toBe(Buffer.compare(a, b) === 0)
      }),
    )
  })

  it.each(['', 'a_1', 'v_01234567890123456789012345', 'a_0123456789012345678901234i'])('is not %j', (id) =>
    expect(fits(AgentId, id)).toBe(false),
  )

  it('of a client is a UUID in small letters; a token has 256 bits', () => {
    expect(fits(ClientId, '3f2504e0-4f89-41d3-9a0c-0305e82c3301')).toBe(true)
    expect(fits(ClientId, '3F2504E0-4F89-41D3-9A0C-0305E82C3301')).toBe(false)
    expect(fits(VisitorToken, 'A'.repeat(43))).toBe(true)
    expect(fits(VisitorToken, 'A'.repeat(42))).toBe(false)
  })
})

describe('a text', () => {
  const message = text(limits.messageCharacters)

  it('C10 is counted in code points', () => {
    expect(characters('سلام 👋🏽')).toBe(7)
    expect(fits(message, '👋'.repeat(5_000))).toBe(true)
    expect(fits(message, 'a'.repeat(5_001))).toBe(false)
    expect(fits(message, '👋'.repeat(5_001))).toBe(false)
  })

  it('C10 has one measure, by which an entry is held as well', () => {
    const entry = {
      kind: 'message',
      author: { kind: 'system' },
      clientId: null,
      auto: true,
      visibility: 'visible',
    }
    expect(fits(EntryBody, { ...entry, text: 'ا'.repeat(5_000) })).toBe(true)
    expect(fits(EntryBody, { ...entry, text: 'ا'.repeat(5_001) })).toBe(false)
  })

  it('is not blank', () => {
    for (const blank of ['', '  ', '\n\t']) expect(fits(message, blank)).toBe(false)
  })

  it.each([
    [
      webAddress,
      ['https://a.example/x?y#z', 'http://a.example'],
      ['javascript:alert(1)', 'a.example', 'https://a b'],
    ],
    [
      origin,
      ['https://shop.example', 'http://127.0.0.1:3000'],
      ['https://shop.example/', 'https://a@b.example', '*'],
    ],
    [email, ['a@b.example', ' a@b.example '], ['a@b', 'a b@c.example', 'a@b@c.example', '<a@b.example>']],
  ])('fits its field', (schema, good, bad) => {
    for (const one of good) expect(fits(schema, one)).toBe(true)
    for (const one of bad) expect(fits(schema, one)).toBe(false)
  })
})

describe('a language', () => {
  it.each([
    ['fa-IR', 'fa'],
    ['ar_EG', 'ar'],
    ['EN-us', 'en'],
    ['de', 'en'],
    ['', 'en'],
    [null, 'en'],
    ['farsi', 'en'],
  ])('is found for %j', (tag, locale) => expect(nearestLocale(tag)).toBe(locale))

  it('is written in its direction, its calendar and its digits', () => {
    expect(locales.map(direction)).toEqual(['ltr', 'rtl', 'rtl'])
    const day = Date.UTC(2026, 2, 21)
    const written = locales.map((locale) =>
      new Intl.DateTimeFormat(formatTag(locale), { dateStyle: 'long', timeZone: 'UTC' }).format(day),
    )
    expect(written).toEqual(['March 21, 2026', '٢١ مارس ٢٠٢٦', '۱ فروردین ۱۴۰۵'])
  })

  it('falls back to English, then to any', () => {
    expect(localText({ en: 'Hello', fa: 'سلام' }, 'fa')).toBe('سلام')
    expect(localText({ en: 'Hello', fa: 'سلام' }, 'ar')).toBe('Hello')
    expect(localText({ fa: 'سلام' }, 'en')).toBe('سلام')
    expect(localText({}, 'en')).toBe('')
  })
})
