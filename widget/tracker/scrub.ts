import { limits } from '../../shared/limits.ts'

/** Names of campaigns, never of people: click ids such as `gclid` single out a person and stay behind. */
const kept = /[?&]utm_(source|medium|campaign|term|content)=[^&]*/g

/** The address without what may be personal; empty when it is not a web address. */
export function scrub(address: string): string {
  if (!/^https?:/.test(address)) return ''
  const { origin, pathname, search, hash } = new URL(address)
  const campaign = (search.match(kept) ?? []).join('').replace(/^&/, '?')
  // A fragment that is a path is the page itself in many single-page applications.
  const [route = ''] = /^#!?\/[^?&]*/.exec(hash) ?? []
  return (origin + pathname + campaign + route).slice(0, limits.urlCharacters)
}
