import { limits } from '../../shared/limits.ts'

/** Names of campaigns, never of people: click ids such as `gclid` single out a person and stay behind. */
const kept = /[?&]utm_(source|medium|campaign|term|content)=[^&]*/g

/** The address without what may be personal; empty when it is not a web address. */
export function scrub(address: string): string {
  if (!/^https?:/.test(address)) return ''
  const url = new URL(address)
  url.username = url.password = ''
  url.search = (url.search.match(kept) ?? []).join('').slice(1)
  // A fragment that is a path is the page itself in many single-page applications.
  url.hash = /^#!?\/[^?&]*/.exec(url.hash)?.[0] ?? ''
  return url.href.slice(0, limits.urlCharacters)
}
