import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findLinks, type Piece } from '../../../shared/text/links.ts'

const links = (text: string): Extract<Piece, { kind: 'link' }>[] =>
  findLinks(text).filter((piece) => piece.kind === 'link')
const hrefs = (text: string): string[] => links(text).map((link) => link.href)

describe('finding links in a text', () => {
  it('P9 cuts a text into words and links, losing nothing', () => {
    expect(findLinks('See https://shop.example/tea now')).toEqual([
      { kind: 'text', text: 'See ' },
      {
        kind: 'link',
        text: 'https://shop.example/tea',
        href: 'https://shop.example/tea',
        host: 'shop.example',
      },
      { kind: 'text', text: ' now' },
    ])
  })

  it('P9 takes http, https, mailto and tel', () => {
    expect(hrefs('http://a.example mailto:hi@a.example tel:+98211234')).toEqual([
      'http://a.example/',
      'mailto:hi@a.example',
      'tel:+98211234',
    ])
  })

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'ftp://a.example',
    'mailto:',
    'https://',
    'blob:https://a.example/1',
  ])('P9 leaves %s as text or follows only the web address in it', (text) => {
    for (const href of hrefs(text)) expect(href).toMatch(/^https:\/\/a\.example\//)
  })

  it('P9 strips marks of direction from the address', () => {
    const [link] = links('https://shop.example/\u202egpj.exe')
    expect(link).toMatchObject({ text: 'https://shop.example/gpj.exe', href: 'https://shop.example/gpj.exe' })
  })

  it('P9 does not follow an address that hides its host behind a user name', () => {
    expect(links('https://bank.example@evil.example/login')).toEqual([])
  })

  it('P9 shows the host a browser would ask, not the letters that resemble it', () => {
    const [link] = links('https://аррӏе.example/')
    expect(link?.host).toMatch(/^xn--/)
    expect(link?.text).toContain(link?.host)
  })

  it.each([
    ['(https://a.example/x)', 'https://a.example/x'],
    ['https://a.example/x_(y)', 'https://a.example/x_(y)'],
    ['Look: https://a.example/x.', 'https://a.example/x'],
    ['این را ببینید https://a.example/x؟', 'https://a.example/x'],
    ['«https://a.example/x»', 'https://a.example/x'],
  ])('leaves the punctuation of the sentence out of %s', (text, href) => {
    expect(hrefs(text)).toEqual([href])
  })

  it('keeps every character that is not a mark of direction, whatever strangers send', () => {
    const part = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('https://', 'mailto:', ' ', ')', '@a'),
    )
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const text = parts.join('')
        const plain = findLinks(text).filter((piece) => piece.kind === 'text')
        for (const piece of plain) expect(text).toContain(piece.text)
        if (links(text).length === 0) expect(plain.map((piece) => piece.text).join('')).toBe(text)
        for (const href of hrefs(text)) expect(href).toMatch(/^(https?|mailto|tel):/)
      }),
    )
  })
})
