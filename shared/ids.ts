import * as v from 'valibot'

/**
 * Identifiers are a one-letter noun, an underscore and 26 characters of Crockford base 32:
 * 48 bits of time, so that they sort and index by age, and 80 random bits.
 */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
export const idBody = '[0-9a-hjkmnp-tv-z]{26}'

const id = <const Letter extends string, const Name extends string>(letter: Letter, name: Name) =>
  v.pipe(v.string(), v.regex(new RegExp(`^${letter}_${idBody}$`)), v.brand(name))

export const SiteId = /* @__PURE__ */ id('s', 'SiteId')
export const AgentId = /* @__PURE__ */ id('a', 'AgentId')
export const VisitorId = /* @__PURE__ */ id('v', 'VisitorId')
export const VisitId = /* @__PURE__ */ id('t', 'VisitId')
export const ConversationId = /* @__PURE__ */ id('c', 'ConversationId')
export const RuleId = /* @__PURE__ */ id('r', 'RuleId')
export const InviteId = /* @__PURE__ */ id('i', 'InviteId')
export const FileId = /* @__PURE__ */ id('f', 'FileId')

export type SiteId = v.InferOutput<typeof SiteId>
export type AgentId = v.InferOutput<typeof AgentId>
export type VisitorId = v.InferOutput<typeof VisitorId>
export type VisitId = v.InferOutput<typeof VisitId>
export type ConversationId = v.InferOutput<typeof ConversationId>
export type RuleId = v.InferOutput<typeof RuleId>
export type InviteId = v.InferOutput<typeof InviteId>
export type FileId = v.InferOutput<typeof FileId>

/** Made by a client for each thing it sends, so that sending twice stores once. */
export const ClientId = /* @__PURE__ */ v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/),
  v.brand('ClientId'),
)
export type ClientId = v.InferOutput<typeof ClientId>

/** The public name of a site in the script tag: no secret. */
export const SiteKey = /* @__PURE__ */ v.pipe(v.string(), v.regex(/^[a-z0-9-]{3,40}$/), v.brand('SiteKey'))
export type SiteKey = v.InferOutput<typeof SiteKey>

/** 256 random bits in base64url that a browser made and keeps; the server stores only their hash. */
export const VisitorToken = /* @__PURE__ */ v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_-]{43}$/),
  v.brand('VisitorToken'),
)
export type VisitorToken = v.InferOutput<typeof VisitorToken>

/** Lives only in one loaded page; ties its beacon to its socket. */
export const PageId = /* @__PURE__ */ v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22}$/), v.brand('PageId'))
export type PageId = v.InferOutput<typeof PageId>

type Ids = {
  s: SiteId
  a: AgentId
  v: VisitorId
  t: VisitId
  c: ConversationId
  r: RuleId
  i: InviteId
  f: FileId
}

/** Where either may stand, the letter tells which it is. */
export const isVisitId = (id: VisitId | VisitorId): id is VisitId => id.startsWith('t_')
export const isVisitorId = (id: VisitorId | AgentId): id is VisitorId => id.startsWith('v_')

/**
 * Makes an identifier.
 * @param now the time in ms since 1970
 * @param random ten random bytes
 */
export function makeId<Letter extends keyof Ids>(
  letter: Letter,
  now: number,
  random: Uint8Array,
): Ids[Letter] {
  const text = [letter, '_', ...timeIn32(now), ...base32(random)]
  // Joined, it is one piece of memory; added up letter by letter, it would be kept as a chain of them.
  return text.join('') as Ids[Letter]
}

function timeIn32(now: number): string[] {
  const letters: string[] = []
  for (let rest = now, i = 0; i < 10; i++, rest = Math.floor(rest / 32)) letters.unshift(digit(rest % 32))
  return letters
}

const digit = (value: number): string => alphabet.charAt(value)

/** When it was made, ms. */
export function timeOf(id: string): number {
  let time = 0
  for (const letter of id.slice(2, 12)) time = time * 32 + alphabet.indexOf(letter)
  return time
}

function base32(bytes: Uint8Array): string[] {
  const out: string[] = []
  let bits = 0
  let held = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      out.push(digit((held >> bits) & 31))
    }
    held &= (1 << bits) - 1
  }
  return out
}
