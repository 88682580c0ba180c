import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { protocolVersion } from '../../shared/protocol.ts'
import { type Announcement, type Link, openLink } from '../../widget/connection/link.ts'
import { attend } from '../support/agent.ts'
import { aClientId, aPage, aToken } from '../support/random.ts'
import { siteOf } from '../support/visitor.ts'
import { noHurry, openWorld, type World } from '../support/world.ts'

let world: World
let link: Link
/** How each request went out: its method, and whether a browser would ask for leave before it. */
let sent: { method: string; headers: Headers; body: string }[]
beforeAll(async () => {
  world = await openWorld({ live: { rateLimits: noHurry } })
})
afterAll(() => world.close())
afterEach(() => {
  link.sleep()
  vi.unstubAllGlobals()
})

/** A network that lets no WebSocket through, and a browser that says where its pages come from. */
function behindProxy(): void {
  const origin = siteOf(world).origins[0] ?? world.url
  const asks = fetch
  sent = []
  vi.stubGlobal('WebSocket', function blocked() {
    throw new DOMException('blocked', 'SecurityError')
  })
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => {
    sent.push({
      method: init.method ?? 'GET',
      headers: new Headers(init.headers),
      body: String(init.body ?? ''),
    })
    return asks(address, { ...init, headers: { origin } })
  })
}

const knock = (heard: Announcement[] = []) =>
  new Promise<Announcement[]>((resolve) => {
    behindProxy()
    const said = { site: siteOf(world).key, page: aPage(), token: aToken() }
    link = openLink({
      base: world.url,
      auth: () => ({ ...said, consent: 'essential', locale: 'en', device: 'desktop' }),
      connected: () => resolve(heard),
      disconnected: () => undefined,
      refused: () => undefined,
      announced: (one) => heard.push(one),
      pollUntil: () => 0,
      polls: () => undefined,
    })
  })
const hello = () => link.ask('hello', { protocolVersion, resume: null })
const say = (text: string) => link.ask('message:send', { clientId: aClientId(), conversationId: null, text })

it('W31 says hello, writes and hears by long polling', async () => {
  const sara = await attend(world)
  const heard = await knock()
  expect(await hello()).toMatchObject({ ok: true })
  const said = await say('No socket gets out of here')
  if (!said.ok) throw new Error(said.error.message)
  await sara.says(said.value.conversation.id, 'This way it does.')
  await vi.waitFor(() => expect(heard.map(([name]) => name)).toContain('entries:added'))
})

it('W31 tells forty long things at once, each once and in order', async () => {
  await knock()
  await hello()
  const texts = Array.from({ length: 40 }, (_, i) => `${i} ${'ء'.repeat(2_000)}`)
  const answers = await Promise.all(texts.map(say))
  const seqs = answers.map((one) => (one.ok ? one.value.entries.at(-1)?.seq : one.error.code))
  expect(seqs).toEqual(texts.map((_, i) => i + 1))
  expect(Math.max(...sent.map(({ body }) => Buffer.byteLength(body)))).toBeLessThan(64 * 1_024)
})

it('W31 asks another origin nothing that needs its leave first', async () => {
  await knock()
  await hello()
  expect(sent.filter(({ method }) => method !== 'GET' && method !== 'POST')).toEqual([])
  expect(sent.flatMap(({ headers }) => [...headers.keys()])).toEqual([])
})
