import { describe, expect, it } from 'vitest'
import type { RuleNode } from '../../../shared/triggers/rule.ts'
import { type LeadScore, noteHeld, scoreOf } from '../../../shared/triggers/score.ts'
import { ringIn, sorted } from '../../../shared/triggers/segments.ts'

const hour = 3_600_000
const now = 1_000 * hour
const nobody = new Map<string, number>()

const seen = (atLeast: number): RuleNode => ({ kind: 'pageViews', atLeast })
const of = (segment: string): RuleNode => ({ kind: 'segment', segment })
const points = (atLeast: number): RuleNode => ({ kind: 'leadScore', atLeast })
const segment = (id: string, ...when: RuleNode[]) => ({ id, when })
const part = (id: string, given: number, ...when: RuleNode[]) => ({ id, name: id, when, points: given })
const score = (...parts: LeadScore['parts']): LeadScore => ({ halfLifeSeconds: 3_600, parts })

describe('segments', () => {
  it('T19 hold who fits their condition, also by way of each other, in whatever order they stand', () => {
    const segments = [
      segment('keen', of('curious'), { kind: 'returning', is: true }),
      segment('curious', seen(3)),
      segment('new', seen(99)),
    ]
    const facts = sorted({ segments, score: null }, { pageViews: 5, returning: true }, nobody)
    expect(Object.fromEntries(facts.segments ?? [])).toEqual({ keen: true, curious: true, new: false })
  })

  it('T9 T19 are undecided where what they ask for is not known here', () => {
    const segments = [
      segment('reader', { kind: 'scroll', atLeast: 80 }),
      segment('others', { kind: 'not', of: [of('reader')] }),
    ]
    const facts = sorted({ segments, score: null }, {}, nobody)
    expect(Object.fromEntries(facts.segments ?? [])).toEqual({ reader: 'unknown', others: 'unknown' })
  })

  it.each<[string, Parameters<typeof ringIn>[0], string[] | null]>([
    ['none', { segments: [segment('a', of('b')), segment('b', of('c')), segment('c')], score: null }, null],
    [
      'one way twice, but no ring',
      { segments: [segment('a', of('b'), of('c')), segment('b', of('c')), segment('c')], score: null },
      null,
    ],
    ['itself', { segments: [segment('a', { kind: 'not', of: [of('a')] })], score: null }, ['a']],
    [
      'a longer way',
      {
        segments: [
          segment('x', of('a')),
          segment('a', of('b')),
          segment('b', of('c')),
          segment('c', of('a')),
        ],
        score: null,
      },
      ['a', 'b', 'c'],
    ],
    [
      'by way of the score',
      { segments: [segment('a', points(5))], score: score(part('p', 5, of('a'))) },
      ['a', ''],
    ],
  ])('T19 that ask for each other in a ring are found: %s', (_, sorting, ring) => {
    expect(ringIn(sorting)).toEqual(ring)
    // Even unrefused it comes to an end.
    sorted(sorting, { now }, nobody)
  })
})

describe('the lead score', () => {
  const worth = score(
    part('pages', 20, seen(3)),
    part('gold', 30, { kind: 'tag', tag: 'gold' }),
    part('bored', -5, { kind: 'idle', atLeast: 60 }),
  )
  const facts = { pageViews: 5, tags: new Set<string>(), idle: 90 }

  it('T20 is the sum of its reasons, what weighs most first', () => {
    expect(scoreOf(worth, facts, nobody, now)).toEqual({
      score: 15,
      reasons: [
        { id: 'pages', name: 'pages', points: 20, left: 20, at: now },
        { id: 'bored', name: 'bored', points: -5, left: -5, at: now },
      ],
    })
  })

  it('T20 fades by half in its time, from when a part last held', () => {
    const held = noteHeld(worth, nobody, { ...facts, tags: new Set(['gold']) }, now)
    const later = scoreOf(worth, { pageViews: 1, tags: new Set(), idle: 0 }, held, now + 2 * hour)
    expect(later.reasons.map(({ id, left }) => [id, left])).toEqual([
      ['gold', 7.5],
      ['pages', 5],
      ['bored', -1.25],
    ])
    expect(later.score).toBeCloseTo(11.25)
    // What holds still has not begun to fade.
    expect(scoreOf(worth, facts, held, now + 2 * hour).score).toBeCloseTo(20 - 5 + 7.5)
  })

  it('T20 forgets what nobody would see any more', () => {
    const held = new Map([['pages', now]])
    expect(scoreOf(worth, { pageViews: 0 }, held, now + 9 * hour)).toEqual({ score: 0, reasons: [] })
  })

  it('T20 serves as a condition, and T9 is undecided while a part of it is', () => {
    const sorting = { segments: [segment('hot', points(15))], score: worth }
    const known = sorted(sorting, { ...facts, now }, nobody)
    expect([known.leadScore, known.segments?.get('hot')]).toEqual([15, true])
    const less = sorted(sorting, { now, pageViews: 5, tags: new Set() }, nobody)
    expect([less.leadScore, less.segments?.get('hot')]).toEqual([undefined, 'unknown'])
  })
})
