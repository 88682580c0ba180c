import * as v from 'valibot'
import { characters, limits } from '../limits.ts'
import { isBlank } from './blank.ts'
import { onOneLine, withoutBidiControls, withoutOverrides } from './unseen.ts'

/** No text has more code points than UTF-16 units, so most need no counting. */
const isAtMost = (value: string, most: number): boolean => value.length <= most || characters(value) <= most

/** What people write to each other: at most `most` code points, of which some can be seen. */
export const text = (most: number) =>
  v.pipe(v.string(), v.transform(withoutOverrides), someOf(), atMost(most))

/** The same, or nothing at all. */
export const optionalText = (most: number) => v.pipe(v.string(), v.transform(withoutOverrides), atMost(most))

/** A name, a title, a label: one line that cannot be made to look like another. */
export const line = (most: number) => v.pipe(v.string(), v.transform(onOneLine), someOf(), atMost(most))

/** The same; empty when nothing of it can be seen. */
export const optionalLine = (most: number) =>
  v.pipe(
    v.string(),
    v.transform((value) => (isBlank(value) ? '' : onOneLine(value))),
    atMost(most),
  )

const someOf = () => v.check<string, string>((value) => !isBlank(value), 'must not be blank')

const atMost = (most: number) =>
  v.check<string, string>((value) => isAtMost(value, most), `must be at most ${most} characters`)

export const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** An absolute http or https address. */
export const webAddress = v.pipe(
  v.string(),
  v.transform(withoutBidiControls),
  v.maxLength(limits.urlCharacters),
  v.regex(/^https?:\/\/[^\s\p{Cc}]+$/iu, 'must be an http or https address'),
)

/** Scheme, host and port of a site, as browsers send it in `Origin`. */
export const origin = v.pipe(
  v.string(),
  v.maxLength(limits.urlCharacters),
  v.regex(/^https?:\/\/[^\s/?#@]+$/, 'must be an origin such as https://shop.example'),
)

/** An address, or a network in CIDR notation. */
export const network = v.pipe(
  v.string(),
  v.maxLength(50),
  v.regex(
    /^(?:(?:\d{1,3}\.){3}\d{1,3}(?:\/(?:[12]?\d|3[0-2]))?|[\da-f]*:[\da-f:]*(?:\/(?:\d{1,2}|1[01]\d|12[0-8]))?)$/i,
    'must be an address or a network such as 192.0.2.0/24',
  ),
)

export const email = v.pipe(
  v.string(),
  v.transform((value) => withoutBidiControls(value).trim()),
  v.maxLength(limits.emailCharacters),
  v.regex(/^[^\s@<>"(),:;]+@[^\s@<>"(),:;]+\.[^\s@<>"(),:;.]+$/, 'must be an e-mail address'),
)
