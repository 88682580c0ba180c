import * as v from 'valibot'
import { AttributeValue } from '../../visitor.ts'

/** What a remembered value is held against. Texts are compared without regard to upper and lower case. */
export const Comparison = v.variant('op', [
  v.strictObject({ op: v.picklist(['is', 'isNot']), value: AttributeValue }),
  v.strictObject({ op: v.literal('contains'), value: v.pipe(v.string(), v.minLength(1), v.maxLength(500)) }),
  v.strictObject({ op: v.picklist(['atLeast', 'atMost']), value: v.pipe(v.number(), v.finite()) }),
  v.strictObject({ op: v.picklist(['exists', 'missing']) }),
])
export type Comparison = v.InferOutput<typeof Comparison>

type Value = string | number | boolean | undefined

/** What is not there is neither more nor less than anything, and is not anything. */
export function compares(comparison: Comparison): (value: Value) => boolean {
  switch (comparison.op) {
    case 'is':
      return isLike(comparison.value)
    case 'isNot': {
      const is = isLike(comparison.value)
      return (value) => !is(value)
    }
    case 'contains': {
      const part = folded(comparison.value)
      return (value) => value !== undefined && folded(value).includes(part)
    }
    case 'atLeast':
      return (value) => number(value) >= comparison.value
    case 'atMost':
      return (value) => number(value) <= comparison.value
    case 'exists':
      return (value) => value !== undefined
    case 'missing':
      return (value) => value === undefined
  }
}

function isLike(wanted: string | number | boolean): (value: Value) => boolean {
  const like = folded(wanted)
  return (value) => value !== undefined && folded(value) === like
}

const folded = (value: string | number | boolean): string => String(value).toLowerCase()

/** A number, also one that a page wrote as a text; else NaN, which is neither more nor less. */
const number = (value: Value): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value.trim() ? Number(value) : Number.NaN
