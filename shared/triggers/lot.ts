import type { Rule } from './rule.ts'

/*
 * Who is held out and who gets which variant is drawn by a hash of rule and visitor: the same for ever,
 * on every server, and nothing need be stored.
 */

type Drawn = Pick<Rule, 'id' | 'holdout' | 'variants'>

/** Whether this visitor is left without this rule's message, so that it can be seen what it does. */
export const isHeldOut = (rule: Drawn, visitor: string, usual: number): boolean =>
  draw(`${rule.id} holdout ${visitor}`) < (rule.holdout ?? usual)

/** The variant this visitor gets; null for the rule's own text. */
export function variantFor({ id, variants = [] }: Drawn, visitor: string): string | null {
  const drawn = Math.floor(draw(`${id} variant ${visitor}`) * (variants.length + 1))
  return variants[drawn - 1]?.id ?? null
}

/** A number from 0 to below 1, evenly spread: FNV-1a, stirred as MurmurHash3 ends, since FNV alone hardly moves its high bits for the last letter. */
export function draw(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}
