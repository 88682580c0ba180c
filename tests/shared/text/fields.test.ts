import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { pathOf } from '../../../agent-console/ui/person.ts'
import { PageReference } from '../../../shared/conversation/entry.ts'
import { LocalText } from '../../../shared/locale.ts'
import { visitorRequests } from '../../../shared/protocol.ts'
import { email, line, optionalLine, optionalText, text, webAddress } from '../../../shared/text/fields.ts'
import { Identity, PageView } from '../../../shared/visitor.ts'

const invisible = [
  ...['', ' ', '\n\t', '\u00a0\u3000', '\u200b', '\u200c\u200d', '\u2060\ufeff', '\u00ad', '\u3164'],
  ...[
    '\u115f\u1160',
    '\uffa0',
    '\u2800',
    '\u034f',
    '\u180e',
    '\ufe0f',
    '\u{e0020}',
    '\u202e',
    '\u0000\u0007',
  ],
]
const visible = ['a', '٣', 'ی', '👋🏽', '☝️', '.', '\u0600', '한', ' \u200bx']

describe('a text', () => {
  it.each(invisible)('C17 of which nothing is seen is blank: %j', (value) => {
    expect(v.is(text(100), value)).toBe(false)
    expect(v.is(line(100), value)).toBe(false)
  })

  it.each(visible)('C17 with anything to see is none of those: %j', (value) => {
    expect(v.parse(text(100), value)).toBe(value)
  })

  it('P12 keeps the order its letters were written in', () => {
    expect(v.parse(text(100), 'pay \u202emoc.knab\u202c now')).toBe('pay moc.knab\u202c now')
    expect(v.parse(optionalText(100), '\u202dx')).toBe('x')
    expect(v.parse(LocalText, { en: 'a\u202eb' })).toEqual({ en: 'ab' })
  })

  it('P12 keeps what a phone puts around a number', () => {
    const message = 'شمارهٔ من \u2068+98 912\u2069 است'
    expect(v.parse(text(100), message)).toBe(message)
  })

  it('C10 is counted as it will be kept', () => {
    expect(v.is(text(3), '\u202eabc')).toBe(true)
  })
})

describe('a line', () => {
  it('P12 loses every control of direction, and every break', () => {
    const controls = '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'
    expect(v.parse(line(20), `Sa${controls}ra`)).toBe('Sara')
    expect(v.parse(line(20), 'Sara\r\nBcc:\u2028x')).toBe('Sara  Bcc: x')
  })

  it('P12 keeps joiners and marks', () => {
    for (const name of ['علی\u200cرضا', 'ا\u200dب', '\u200fسارا\u200e', '\u061cمينا'])
      expect(v.parse(line(20), name)).toBe(name)
  })

  it('P12 that may be empty is empty when nothing of it is seen', () => {
    expect(v.parse(optionalLine(20), '\u3164\u200b')).toBe('')
  })
})

describe('what a page says', () => {
  it('P12 of its visitor and of itself cannot look like something else', () => {
    const said = {
      name: 'A\u202elice',
      email: 'a\u2066@example.com',
      attributes: { 'pl\u202ean': 'b\u2067ig' },
    }
    expect(v.parse(Identity, said)).toEqual({
      ...{ name: 'Alice', email: 'a@example.com', attributes: { plan: 'big' } },
    })
    const view = { url: 'https://shop.example/\u202ea', title: '\u202etrac', referrer: '' }
    expect(v.parse(PageView, view)).toEqual({ url: 'https://shop.example/a', title: 'trac', referrer: '' })
    expect(v.parse(visitorRequests['event:track'], { name: 'bu\u202ey', properties: {} }).name).toBe('buy')
    expect([v.is(email, '\u202e@x.example'), v.is(webAddress, 'https://\u202e')]).toEqual([false, false])
  })

  it.each(['\0', '\b', '\u001b[31m', '\u007f', '\u0085'])('P12 an address holds no %j', (control) => {
    const view = { url: `https://shop.example/a${control}b`, title: '', referrer: '' }
    expect([v.is(PageView, view), v.is(PageReference, { url: view.url, title: '' })]).toEqual([false, false])
    expect(v.is(PageView, { ...view, url: 'https://shop.example/سلام-😀' })).toBe(true)
  })

  it('P12 of its address cannot either once that is decoded for showing', () => {
    expect(pathOf('https://shop.example/%E2%80%AEcart%0A?a=1')).toBe('/cart ?a=1')
  })
})
