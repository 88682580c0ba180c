import type * as v from 'valibot'
import { behaviour } from './behaviour.ts'
import { house } from './house.ts'
import type { Prepared } from './kind.ts'
import { pageShown } from './page-shown.ts'
import { person } from './person.ts'

/** Every kind of condition there is. */
export const kinds = [...pageShown, ...behaviour, ...person, ...house]

export type Condition = v.InferOutput<(typeof kinds)[number]['schema']>
export type ConditionKind = Condition['kind']

const byId = new Map(kinds.map((one) => [one.id, one]))

/** A kind of the table; what passed the schema is one. */
export function kindOf(condition: { kind: ConditionKind }): (typeof kinds)[number] {
  const found = byId.get(condition.kind)
  if (!found) throw new TypeError(`There is no condition of the kind ${condition.kind}`)
  return found
}

export const prepare = (condition: Condition): Prepared => kindOf(condition).prepare(condition)
