import * as v from 'valibot'
import { characters, limits } from '../limits.ts'

/** No text has more code points than UTF-16 units, so most need no counting. */
const isAtMost = (value: string, most: number): boolean => value.length <= most || characters(value) <= most

/** A text of at most `most` code points that is not blank. */
export const text = (most: number) =>
  v.pipe(
    v.string(),
    v.check((value) => value.trim() !== '', 'must not be blank'),
    v.check((value) => isAtMost(value, most), `must be at most ${most} characters`),
  )

/** A text of at most `most` code points; may be empty. */
export const optionalText = (most: number) =>
  v.pipe(
    v.string(),
    v.check((value) => isAtMost(value, most), `must be at most ${most} characters`),
  )

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** An absolute http or https address. */
export const webAddress = v.pipe(
  v.string(),
  v.maxLength(limits.urlCharacters),
  v.regex(/^https?:\/\/[^\s]+$/i, 'must be an http or https address'),
)

/** Scheme, host and port of a site, as browsers send it in `Origin`. */
export const origin = v.pipe(
  v.string(),
  v.maxLength(limits.urlCharacters),
  v.regex(/^https?:\/\/[^\s/?#@]+$/, 'must be an origin such as https://shop.example'),
)

export const email = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(limits.emailCharacters),
  v.regex(/^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+\.[^\s@<>"(),:;.]+$/, 'must be an e-mail address'),
)
