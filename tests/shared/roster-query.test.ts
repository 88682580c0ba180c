import { describe, expect, it } from 'vitest'
import { answerTo, everybody, pageOf, type RosterQuery } from '../../shared/roster-query.ts'
import { fold } from '../../shared/text/fold.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { guest, visitOf } from './crowd.ts'
import { conversationId } from './story.ts'

const on = (url: string): Partial<LiveVisitor> => ({ page: { url, title: '', at: 1 } })
const found = (people: LiveVisitor[], query: Partial<RosterQuery>): number[] =>
  answerTo({ ...everybody, ...query }, people).map(({ startedAt }) => startedAt)

describe('V31 a question about the people on the site', () => {
  it.each<[string, Partial<RosterQuery>, Partial<LiveVisitor>]>([
    ['a page by its path', { page: '/shoes/*' }, on('https://shop.example/shoes/red?size=43')],
    ['a page by its letters', { page: '/کفش' }, on('https://shop.example/%DA%A9%D9%81%D8%B4')],
    ['a page by its address', { page: 'https://shop.example/x' }, on('https://shop.example/x#top')],
    ['those who came back', { came: 'returning' }, { visits: 2 }],
    ['a device', { device: 'phone' }, { device: 'phone' }],
    ['a language', { locale: 'fa' }, { locale: 'fa' }],
    ['those in a chat', { chat: 'with' }, { conversationId }],
    ['a tag', { tag: 'vip' }, { tags: ['press', 'vip'] }],
    ['an event', { event: 'cart' }, { events: [{ name: 'cart', count: 1, at: 1 }] }],
    ['a name', { search: 'MÍNA' }, { name: 'Mina Hosseini' }],
    ['a name in another keyboard’s letters', { search: 'علي' }, { name: 'علی' }],
    ['two words in any order', { search: 'green tea' }, { tags: ['tea', 'green'] }],
    ['an attribute', { search: 'gold' }, { attributes: { plan: 'Gold' } }],
    ['a campaign', { search: 'spring' }, { utm: { campaign: 'spring sale' } }],
  ])('finds %s, and nobody else', (_, query, more) => {
    expect(found([guest(1), guest(2, more), guest(3)], query)).toEqual([2])
  })

  it('finds the new ones, and nobody who has left', () => {
    const people = [guest(1, { visits: 2 }), guest(2), guest(3, { state: 'gone' })]
    expect(found(people, { came: 'new' })).toEqual([2])
  })

  it('is answered in the order asked for', () => {
    const people = [
      guest(1, { activeAt: 9, pageViews: 2 }),
      guest(2, { activeAt: 3, pageViews: 7 }),
      guest(3, { activeAt: 5, pageViews: 1 }),
    ]
    const orders = (['arrived', 'stayed', 'active', 'pages'] as const).map((order) =>
      found(people, { order }),
    )
    expect(orders).toEqual([
      [3, 2, 1],
      [1, 2, 3],
      [1, 3, 2],
      [2, 1, 3],
    ])
  })

  it('keeps those of one page together when they are grouped', () => {
    const people = [
      guest(1, on('https://a.example/b')),
      guest(2, on('https://a.example/a')),
      guest(3, on('https://a.example/b?x=1')),
    ]
    expect(found(people, { grouped: true })).toEqual([2, 3, 1])
  })

  it('has one order for those who came at the same moment', () => {
    const people = [1, 2, 3].map((n) => guest(n, { startedAt: 7 }))
    const order = (some: LiveVisitor[]) => answerTo(everybody, some).map(({ visitId }) => visitId)
    expect(order(people)).toEqual(order([...people].reverse()))
    expect(order(people)[0]).toBe(visitOf(3))
  })
})

describe('V32 folding for search', () => {
  it.each([
    ['كتاب', 'کتاب'],
    ['علي', 'علی'],
    ['مُحَمَّد', 'محمد'],
    ['می‌خواهم', 'میخواهم'],
    ['۱۲۳', '123'],
    ['٤٥٦', '456'],
    ['أحمد', 'احمد'],
    ['Größe', 'große'],
    ['CAFÉ', 'cafe'],
  ])('takes %s for %s', (text, other) => expect(fold(text)).toBe(fold(other)))

  it('keeps apart what are different letters', () => expect(fold('سلام')).not.toBe(fold('سلم')))
})

it('an address is one page up to its query', () => {
  expect(['https://a/b?c', 'https://a/b#c', 'https://a/b'].map(pageOf)).toEqual(Array(3).fill('https://a/b'))
})
