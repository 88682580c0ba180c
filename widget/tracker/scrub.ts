import { limits } from '../../shared/limits.ts'

/** Names of campaigns, never of people: click ids such as `gclid` single out a person and stay behind. */
const kept = /^utm_(source|medium|campaign|term|content)$/

/** The address without what may be personal; empty when it is not a web address. */
export function scrub(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url || !/^https?:$/.test(url.protocol)) return ''
  for (const name of [...url.searchParams.keys()]) if (!kept.test(name)) url.searchParams.delete(name)
  url.username = url.password = ''
  // A fragment that is a path is the page itself in many single-page applications.
  url.hash = /^#!?\//.test(url.hash) ? url.hash.replace(/[?&].*/, '') : ''
  return url.href.slice(0, limits.urlCharacters)
}
