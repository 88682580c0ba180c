import * as v from 'valibot'
import { limits } from '../../limits.ts'
import { line } from '../../text/fields.ts'

/** `*` any run of characters, `?` one. */
export const glob = line(limits.globCharacters)

export const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most))

/** A year, for what is told in days. */
export const longest = 366 * 86_400
export const seconds = whole(0, longest)

export const name = line(60)

export const selector = line(limits.selectorCharacters)
