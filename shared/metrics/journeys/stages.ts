import * as v from 'valibot'
import { limits } from '../../limits.ts'
import { line } from '../../text/fields.ts'
import { prepareGlob } from '../../triggers/glob.ts'
import { name, whole } from '../../triggers/kinds/fields.ts'

/** How far somebody has come with a house, in this order. */
export const stageNames = ['aware', 'consider', 'decide', 'buy', 'use', 'stay'] as const
export type StageName = (typeof stageNames)[number]

/** What shows that a visitor has come to a stage. Any of a stage's marks does. */
export const Mark = v.variant('by', [
  /** A page was looked at: a glob held against its path, without query. */
  v.strictObject({
    by: v.literal('page'),
    glob: v.pipe(line(limits.globCharacters), v.regex(/^[/*?]/, 'must begin with / or *')),
  }),
  /** A page told of this event. */
  v.strictObject({ by: v.literal('event'), name }),
  /** They belonged to this segment. */
  v.strictObject({ by: v.literal('segment'), segment: name }),
  /** They began a conversation. */
  v.strictObject({ by: v.literal('chat') }),
  /** So many pages in one visit. */
  v.strictObject({ by: v.literal('pages'), atLeast: whole(2, 1_000) }),
  /** Seen on so many days of the period, by who came as far as the stage before. */
  v.strictObject({ by: v.literal('days'), atLeast: whole(2, 366) }),
])
export type Mark = v.InferOutput<typeof Mark>

const marks = v.pipe(v.array(Mark), v.maxLength(20, 'must be at most 20'))

export const Stages = v.strictObject({
  ...{ aware: marks, consider: marks, decide: marks },
  ...{ buy: marks, use: marks, stay: marks },
})
export type Stages = v.InferOutput<typeof Stages>

/** What a site counts as the stages of its journey, and when it takes the customers of a segment for lost. */
export const JourneySettings = v.strictObject({
  stages: Stages,
  /** Days by segment; the usual ones where nothing is said. */
  churnDays: v.optional(v.record(name, whole(1, 366))),
})
export type JourneySettings = v.InferOutput<typeof JourneySettings>

export const usualChurnDays = 30

/** Where a site does not say otherwise. They name pages and events as many shops do. */
export const usualStages: Stages = {
  aware: [{ by: 'page', glob: '*' }],
  consider: [{ by: 'pages', atLeast: 3 }],
  decide: [
    { by: 'page', glob: '*/cart*' },
    { by: 'page', glob: '*/checkout*' },
    { by: 'page', glob: '*/pricing*' },
    { by: 'chat' },
  ],
  buy: [
    { by: 'event', name: 'purchase' },
    { by: 'event', name: 'order placed' },
    { by: 'page', glob: '*/thank-you*' },
    { by: 'page', glob: '*/order-received*' },
  ],
  use: [
    { by: 'event', name: 'signed in' },
    { by: 'page', glob: '*/account*' },
    { by: 'page', glob: '*/my-orders*' },
  ],
  stay: [{ by: 'days', atLeast: 2 }],
}

/** The marks of a site, ready to be held against what somebody did. Stages are bits, the first the lowest. */
export interface StageBits {
  ofPage(path: string): number
  ofEvent(name: string): number
  ofSegments(ids: readonly string[]): number
  ofChat: number
  /** @param views of one visit */
  ofPages(views: number): number
}

const bit = (stage: StageName): number => 1 << stageNames.indexOf(stage)

export function stageBits(stages: Stages): StageBits {
  const all = stageNames.flatMap((stage) => stages[stage].map((mark) => ({ mark, bits: bit(stage) })))
  const sum = (holds: (mark: Mark) => boolean): number =>
    all.reduce((bits, one) => (holds(one.mark) ? bits | one.bits : bits), 0)
  const globs = all.flatMap(({ mark, bits }) =>
    mark.by === 'page' ? [{ fits: prepareGlob(mark.glob), bits }] : [],
  )
  // Asked with every view.
  const inOneVisit = all.flatMap(({ mark, bits }) =>
    mark.by === 'pages' ? [{ least: mark.atLeast, bits }] : [],
  )
  return {
    ofPage: (path) => globs.reduce((bits, one) => (fitsMore(one, bits, path) ? bits | one.bits : bits), 0),
    ofEvent: (event) => sum((mark) => mark.by === 'event' && mark.name === event),
    ofSegments: (ids) => sum((mark) => mark.by === 'segment' && ids.includes(mark.segment)),
    ofChat: sum((mark) => mark.by === 'chat'),
    ofPages(views) {
      let bits = 0
      for (const one of inOneVisit) if (views >= one.least) bits |= one.bits
      return bits
    },
  }
}

const fitsMore = (one: { fits(path: string): boolean; bits: number }, bits: number, path: string): boolean =>
  (bits & one.bits) === 0 && one.fits(path)

/** With the stages that follow from how often somebody came. */
export function withDays(bits: number, days: number, stages: Stages): number {
  let reached = bits
  for (const [index, stage] of stageNames.entries()) {
    const came = stages[stage].some((mark) => mark.by === 'days' && days >= mark.atLeast)
    if (came && furthest(reached) >= index - 1) reached |= bit(stage)
  }
  return reached
}

/** The last stage of those reached, from 0; −1 for none. */
export const furthest = (bits: number): number => 31 - Math.clz32(bits)

export const pathOf = (url: string): string => {
  const host = url.indexOf('//')
  const start = url.indexOf('/', host < 0 ? 0 : host + 2)
  return start < 0 ? '/' : url.slice(start).replace(/[?#].*$/s, '')
}
