import { BlockList, isIP } from 'node:net'
import type { Site } from '../../../shared/workspace.ts'
import type { Caller } from '../domain.ts'

/** Longer ones are of nobody's browser, and would only be work. */
const longestUserAgent = 400

/** What programs call themselves; each is looked for as it stands. Many more say `bot` at the end of a word. */
const programs = [
  ...[
    'crawler',
    'spider',
    'slurp',
    'facebookexternalhit',
    'mediapartners-google',
    'feedfetcher',
    'lighthouse',
  ],
  ...['pingdom', 'statuscake', 'phantomjs', 'wget/', 'curl/', 'python-requests', 'go-http-client', 'scrapy'],
  ...['headlesscms', 'google-inspectiontool', 'bytespider', 'ahrefs', 'semrush', 'whatsapp/', 'embedly'],
]

/** A brand of phones whose name ends like a robot's. */
const phones = ['cubot']

/** Whether a program says of itself that it is one. In time linear in the length, which is the sender's choice. */
export function isProgram(userAgent: string): boolean {
  const said = userAgent.slice(0, longestUserAgent).toLowerCase()
  if (programs.some((name) => said.includes(name))) return true
  return said.split(/[^a-z]+/).some((word) => word.endsWith('bot') && !phones.includes(word))
}

const lists = new WeakMap<Site, BlockList>()

/** Whether the site's owner does not want to see who comes from there. The address is compared, and kept nowhere. */
function isIgnored(site: Site, address: string): boolean {
  if (!site.ignore?.length) return false
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const family = isIP(plain)
  if (family === 0) return false
  const list = lists.get(site) ?? listOf(site.ignore)
  lists.set(site, list)
  return list.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address)
    const most = family === 6 ? 128 : 32
    if (family !== 0)
      list.addSubnet(address, Math.min(most, Number(bits ?? most)), family === 6 ? 'ipv6' : 'ipv4')
  }
  return list
}

/** Robots, and people whom the site's owner does not count as guests. They are served as everybody, and not looked at. */
export const isLeftOut = (site: Site, caller: Caller): boolean =>
  isPassedOver(site, caller) || isByAgent(site, caller)

/** Known by every request they make: nothing needs to be kept to know them by. */
export const isPassedOver = (site: Site, { userAgent, address, isProgram: told }: Caller): boolean =>
  told === true || isProgram(userAgent) || isIgnored(site, address)

/** Not every request tells: browsers send the session with some and not with others. */
export const isByAgent = ({ countAgents }: Site, { isAgent }: Caller): boolean =>
  isAgent === true && countAgents !== true
