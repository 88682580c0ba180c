import type { Guest } from './guest.ts'
import { type OldProxy, openOldProxy, type Upgrades } from './old-proxy.ts'
import type { GuestOptions, Town } from './town.ts'

export interface Behind {
  proxy: OldProxy
  guest: Guest
  /** The page with the chat. */
  address: string
}

/** A visitor who reaches the chat only through a network that tests can spoil. */
export async function behind(
  town: Town,
  upgrades: Upgrades = 'passed',
  { attributes = '', ...options }: GuestOptions & { attributes?: string } = {},
): Promise<Behind> {
  const proxy = await openProxyTo(town, upgrades)
  const guest = await town.guest(options)
  const address = pageThrough(town, proxy, { attributes })
  await guest.goto(address)
  return { proxy, guest, address }
}

export async function openProxyTo(town: Town, upgrades: Upgrades = 'passed'): Promise<OldProxy> {
  const proxy = await openOldProxy(town.world.url, upgrades)
  town.later(() => proxy.close())
  town.guard.allow(/WebSocket connection to .* failed|ERR_|Failed to fetch/)
  return proxy
}

/** A page of the shop whose chat is reached through the proxy. */
export const pageThrough = (
  town: Town,
  proxy: OldProxy,
  { path = '/behind', attributes = '' } = {},
): string => town.shop.put(path, town.tag(attributes).replace(town.world.url, proxy.url))

/** What the store has of the visitors' words in the conversation that changed last. */
export async function wordsStored({ owner, conversation }: Town): Promise<string[]> {
  const answer = await owner.get(`/api/v1/conversations/${await conversation()}/entries?after=0`)
  const items: { kind: string; text?: string }[] = Object(answer.json).items
  return items.flatMap(({ kind, text = '' }) => (kind === 'message' ? [text] : []))
}
