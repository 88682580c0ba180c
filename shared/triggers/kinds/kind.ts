import * as v from 'valibot'
import type { Answer } from '../answer.ts'
import { type FactName, type Facts, type Known, knows } from '../facts.ts'

/** Where a kind is found out: by the page, by the server, or by either. */
export type Whereabouts = 'page' | 'server' | 'both'

/** What was seen, for people to read. */
export type Seen = string | number | boolean | null

/** A condition made ready to be asked again and again. */
export interface Prepared {
  ask(facts: Facts): Answer
  /** What the answer comes from; null where nothing is known. */
  seen(facts: Facts): Seen
  /** When time alone will make it hold, ms; null when it will not, or nobody knows. */
  due(facts: Facts): number | null
}

/** One kind of condition: all there is to know of it, in one place. */
export interface Kind<Id extends string, Schema extends v.GenericSchema> {
  id: Id
  schema: Schema
  needs: readonly FactName[]
  known: Whereabouts
  /** Dear ones are asked last: 0 for a look, 1 for a search through a text. */
  cost: 0 | 1
  prepare(condition: { kind: string }): Prepared
}

interface Plan<Condition, Name extends FactName> {
  needs: readonly Name[]
  known: Whereabouts
  cost?: 0 | 1
  /** Asked once for a condition; what it answers is asked for every visitor. */
  holds(condition: Condition): (facts: Facts & Known<Name>) => Answer
  /** Left out: the first fact that it needs. */
  seen?(facts: Known<Name>, condition: Condition): Seen
  due?(facts: Facts & Known<Name>, condition: Condition): number | null
}

/** Defines a kind by its fields and by what it makes of the facts; without all its facts it answers `unknown`. */
export function kind<
  const Id extends string,
  const Fields extends v.ObjectEntries,
  const Name extends FactName,
>(
  id: Id,
  fields: Fields,
  plan: Plan<
    v.InferOutput<v.StrictObjectSchema<Fields & { kind: v.LiteralSchema<Id, undefined> }, undefined>>,
    Name
  >,
): Kind<Id, v.StrictObjectSchema<Fields & { kind: v.LiteralSchema<Id, undefined> }, undefined>> {
  const schema = v.strictObject({ ...fields, kind: v.literal(id) })
  const { needs, known, cost = 0, holds, seen = firstOf(needs), due = never } = plan
  type Own = v.InferOutput<typeof schema>
  const isOwn = (one: { kind: string }): one is { kind: string } & Own => one.kind === id
  return {
    ...{ id, schema, needs, known, cost },
    prepare(condition) {
      if (!isOwn(condition)) throw new TypeError(`${condition.kind} is no ${id}`)
      const answer = holds(condition)
      return {
        ask: (facts) => (knows(facts, needs) ? answer(facts) : 'unknown'),
        seen: (facts) => (knows(facts, needs) ? seen(facts, condition) : null),
        due: (facts) => (knows(facts, needs) ? due(facts, condition) : null),
      }
    },
  }
}

const never = (): null => null

const firstOf =
  <Name extends FactName>(needs: readonly Name[]) =>
  (facts: Known<Name>): Seen => {
    const [first] = needs
    const fact: unknown = first === undefined ? null : facts[first]
    return typeof fact === 'string' || typeof fact === 'number' || typeof fact === 'boolean' ? fact : null
  }
