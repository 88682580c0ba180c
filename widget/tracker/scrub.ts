import { limits } from '../../shared/limits.ts'

/** Names of campaigns, never of people: click ids such as `gclid` single out a person and stay behind. */
const kept = /[?&]utm_(source|medium|campaign|term|content)=[^&]*/g

/** As far as the path, query, and a fragment that is a path: the page itself in many single-page applications. */
const parts = /^(https?:[^?#]+)([^#]*)(#!?\/[^?&]*)?/

/** The address, as the browser writes it, without what may be personal; empty when it is not a web address. */
export function scrub(address: string): string {
  // Taken apart by hand: the first `URL` costs a page 8 kB of memory.
  const [, place = '', query = '', route = ''] = parts.exec(address.replace(/\/\/[^/?#]*@/, '//')) ?? []
  const campaign = (query.match(kept) ?? []).join('').replace(/^&/, '?')
  return (place + campaign + route).slice(0, limits.urlCharacters)
}
