import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { protocolVersion, type VisitorAuth } from '../../shared/protocol.ts'
import { type Announcement, type Link, openLink } from '../../widget/connection/link.ts'
import { mint } from '../../widget/page/settings.ts'
import { aClientId, aPage, aToken } from '../support/random.ts'
import { siteOf } from '../support/visitor.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let link: Link
beforeAll(async () => {
  world = await openWorld()
  const origin = siteOf(world).origins[0] ?? world.url
  // What a browser sends by itself.
  const Browsing = class extends WebSocket {
    constructor(address: string) {
      super(address, { origin })
    }
  }
  vi.stubGlobal('WebSocket', Browsing)
})
afterAll(async () => {
  vi.unstubAllGlobals()
  await world.close()
})
afterEach(() => link.sleep())

/** Resolves with what happened first. */
function knock(change: Partial<VisitorAuth> = {}, heard: Announcement[] = []): Promise<string> {
  const { key: site } = siteOf(world)
  return new Promise((resolve) => {
    link = openLink({
      base: world.url,
      auth: () => ({
        ...{ site, page: aPage(), consent: 'essential', locale: 'en', device: 'desktop' },
        ...change,
      }),
      connected: () => resolve('connected'),
      disconnected: () => resolve('disconnected'),
      refused: (reason) => resolve(`refused ${reason}`),
      announced: (one) => heard.push(one),
      pollUntil: () => 0,
      polls: () => undefined,
    })
  })
}

it('W3 W4 W5 speaks with the real server: comes in, says hello, writes, and writes again', async () => {
  expect(await knock({ token: aToken() })).toBe('connected')
  expect(await link.ask('hello', { protocolVersion, resume: null })).toMatchObject({
    ok: true,
    value: { site: { key: 'demo' } },
  })
  const message = { clientId: aClientId(), conversationId: null, text: 'Is the bowl in stock?' }
  const first = await link.ask('message:send', message)
  expect(first).toMatchObject({ ok: true, value: { duplicate: false } })
  expect(await link.ask('message:send', message)).toMatchObject({ ok: true, value: { duplicate: true } })
})

it('W9 learns why it was turned away', async () => {
  expect(await knock({ site: mint('nobody') })).toBe('refused site')
})

it('W1 is told what does not fit', async () => {
  await knock()
  await link.ask('hello', { protocolVersion, resume: null })
  const said = await link.ask('message:send', { clientId: aClientId(), conversationId: null, text: '' })
  expect(said).toMatchObject({ ok: false, error: { code: 'invalid', path: 'text' } })
})
