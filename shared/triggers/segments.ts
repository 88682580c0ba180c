import * as v from 'valibot'
import { SiteId } from '../ids.ts'
import { type Answer, isGroup } from './answer.ts'
import { evaluate } from './evaluate.ts'
import type { Facts } from './facts.ts'
import { name } from './kinds/fields.ts'
import { RuleDraft, type RuleNode } from './rule.ts'
import { type LeadScore, scoreOf } from './score.ts'

/** A saved condition: who belongs together by what they do and by what is known of them. */
export const Segment = v.strictObject({
  /** What conditions call it by. */
  id: name,
  siteId: SiteId,
  name,
  /** All must hold. */
  when: RuleDraft.entries.when,
})
export type Segment = v.InferOutput<typeof Segment>

/** What visitors are sorted by, as an admin has set it up. */
export interface Sorting {
  segments: readonly Pick<Segment, 'id' | 'when'>[]
  score: LeadScore | null
}

/** The score under a name that no segment can have. */
const theScore = ''

/** Segments (and `''` for the score) that ask for each other in a ring, in its order; null when none do. */
export const ringIn = (sorting: Sorting): string[] | null => walk(asksOf(sorting)).ring

/**
 * The facts with what follows from them: who belongs to which segment, and the score. What asks for itself, and a
 * score with a part that is not known here, stay undecided.
 * @param held when each part of the score last held, as `noteHeld` keeps it
 */
export function sorted(sorting: Sorting, facts: Facts, held: ReadonlyMap<string, number>): Facts {
  const segments = new Map<string, Answer>(sorting.segments.map(({ id }) => [id, 'unknown']))
  const known: Facts = { ...facts, segments }
  for (const id of orderOf(sorting)) {
    const segment = sorting.segments.find((one) => one.id === id)
    if (segment) segments.set(id, evaluate(segment, known))
    else known.leadScore = scoreIn(sorting, known, held)
  }
  return known
}

function scoreIn({ score }: Sorting, facts: Facts, held: ReadonlyMap<string, number>): number | undefined {
  if (!score || facts.now === undefined) return undefined
  if (score.parts.some((part) => evaluate(part, facts) === 'unknown')) return undefined
  return scoreOf(score, facts, held, facts.now).score
}

/** Which others each of them asks for. */
function asksOf({ segments, score }: Sorting): ReadonlyMap<string, readonly string[]> {
  const asks = new Map(segments.map(({ id, when }) => [id, asked(when)]))
  if (score) asks.set(theScore, asked(score.parts.flatMap(({ when }) => when)))
  return asks
}

const asked = (nodes: readonly RuleNode[]): string[] =>
  nodes.flatMap((node) => {
    if (isGroup(node)) return asked(node.of)
    if (node.kind === 'segment') return node.segment
    return node.kind === 'leadScore' ? theScore : []
  })

const orders = new WeakMap<Sorting, readonly string[]>()

/** Asked with every page view of everybody: worked out once for each set of segments. */
function orderOf(sorting: Sorting): readonly string[] {
  const known = orders.get(sorting)
  if (known) return known
  const { order } = walk(asksOf(sorting))
  orders.set(sorting, order)
  return order
}

/** All of them so that each comes after those it asks for, and the first ring there is. */
function walk(asks: ReadonlyMap<string, readonly string[]>): { order: string[]; ring: string[] | null } {
  const order: string[] = []
  const begun = new Set<string>()
  let ring: string[] | null = null
  const visit = (id: string, path: readonly string[]): void => {
    if (path.includes(id)) ring ??= path.slice(path.indexOf(id))
    if (begun.has(id)) return
    begun.add(id)
    for (const next of asks.get(id) ?? []) visit(next, [...path, id])
    if (asks.has(id)) order.push(id)
  }
  for (const id of asks.keys()) visit(id, [])
  return { order, ring }
}
