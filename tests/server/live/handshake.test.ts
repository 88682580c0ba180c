import { afterEach, describe, expect, it } from 'vitest'
import { protocolVersion } from '../../../shared/protocol.ts'
import { attend, knockAsAgent } from '../../support/agent.ts'
import { aToken } from '../../support/random.ts'
import { knock, pageAt, visit } from '../../support/visitor.ts'
import { openWorld, type World, type WorldOptions } from '../../support/world.ts'

let world: World
const open = async (options: WorldOptions = {}) => {
  world = await openWorld(options)
  return world
}
afterEach(() => world.close())

describe('the handshake', () => {
  it('W8 turns a foreign origin away, and lets in who is no browser', async () => {
    await open()
    const abroad = { origin: 'https://evil.example' }
    // Before anything is opened: the transport fails, no namespace is reached.
    await expect(knock(world, abroad)).rejects.toThrow('websocket error')
    const polling = { ...abroad, wire: { transports: ['polling'], extraHeaders: abroad } }
    await expect(knock(world, polling)).rejects.toThrow('xhr poll error')
    const program = await knock(world, { wire: { extraHeaders: {} } })
    expect(program.socket.connected).toBe(true)
    program.close()
  })

  it('W8 lets a page speak only to the site it belongs to', async () => {
    await open()
    const draft = {
      name: 'Other',
      locale: 'en',
      accent: '#000000',
      side: 'end',
      greeting: {},
      replyTime: {},
    } as const
    const made = await world.app.domain.sites.create({ ...draft, origins: ['https://other.example'] })
    if (!made.ok) throw new Error(made.error.message)
    const origin = 'https://other.example'
    await expect(knock(world, { origin })).rejects.toThrow('site')
    const own = await knock(world, { origin, site: made.value.key })
    expect(own.socket.connected).toBe(true)
    own.close()
  })

  it('W8 lets no page but the console use an agent’s session', async () => {
    await open()
    const { cookie } = await world.signIn()
    const draft = {
      name: 'Shop',
      locale: 'en',
      accent: '#000000',
      side: 'end',
      greeting: {},
      replyTime: {},
    } as const
    await world.app.domain.sites.create({ ...draft, origins: ['https://shop.example'] })
    const extraHeaders = { cookie, origin: 'https://shop.example' }
    await expect(knockAsAgent(world, cookie, { extraHeaders })).rejects.toThrow('session')
  })

  it('W8 takes its own pages for such at whatever port of this machine they are reached', async () => {
    await open()
    const { cookie } = await world.signIn()
    // As behind `docker -p 8080:3000` or a tunnel: browsers name the port they asked.
    const near = { host: 'localhost:8080', origin: 'http://localhost:8080' }
    const demo = await knock(world, { wire: { extraHeaders: near } })
    const console = await knockAsAgent(world, cookie, { extraHeaders: { ...near, cookie } })
    expect([demo.socket.connected, console.socket.connected]).toEqual([true, true])
    const elsewhere = { host: 'localhost:8080', origin: 'http://localhost:9090' }
    await expect(knock(world, { wire: { extraHeaders: elsewhere } })).rejects.toThrow('websocket error')
    const rebound = { host: 'evil.example:8080', origin: 'http://evil.example:8080', cookie }
    await expect(knockAsAgent(world, cookie, { extraHeaders: rebound })).rejects.toThrow('websocket error')
    for (const wire of [demo, console]) wire.close()
  })

  it('W9 refuses a client of another version', async () => {
    await open()
    const wire = await knock(world)
    const answer = await wire.ask('hello', { protocolVersion: protocolVersion + 1, novelty: true })
    expect(answer).toMatchObject({ ok: false, error: { code: 'unsupported' } })
    expect(await wire.heard('refused')).toEqual({ reason: 'protocol' })
    await wire.closed()
  })

  it('W17 lets so many sockets in from one address and from one visitor', async () => {
    await open({ live: { socketsPerAddress: 5, socketsPerVisitor: 2 } })
    const token = aToken()
    const tabs = [await knock(world, { token }), await knock(world, { token })]
    await expect(knock(world, { token })).rejects.toThrow('crowded')
    const others = await Promise.all([knock(world), knock(world), knock(world)])
    await expect(knock(world)).rejects.toThrow('crowded')
    for (const wire of [...tabs, ...others]) wire.close()
  })

  it('W2 has nothing to offer in the namespace nobody named', async () => {
    await open()
    const nowhere = { ...world, url: `${world.url}/#` }
    await expect(knock(nowhere)).rejects.toThrow()
  })

  it('W8 works over long polling where there are no WebSockets', async () => {
    await open()
    const extraHeaders = { origin: pageAt(world, '') }
    const amir = await visit(world, { token: aToken(), wire: { transports: ['polling'], extraHeaders } })
    const sara = await attend(world)
    const { conversation } = await amir.says('Hello')
    await sara.says(conversation.id, 'Welcome')
    expect((await amir.wire.heard('entries:added')).entries.at(-1)).toMatchObject({ text: 'Welcome' })
    amir.wire.close()
  })
})
