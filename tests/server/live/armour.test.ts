import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { protocolVersion } from '../../../shared/protocol.ts'
import { attend, knockAsAgent } from '../../support/agent.ts'
import { aClientId, aToken } from '../../support/random.ts'
import { knock, pageAt, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ live: { violations: { burst: 8, refillMs: 60_000 } } })
})
afterAll(() => world.close())

describe('the one door', () => {
  it('W1 names the field that does not fit', async () => {
    const { wire } = await visit(world)
    const ask = (payload: unknown) => wire.ask('visitor:keep', payload)
    expect(await ask({ token: aToken(), consent: 'yes' })).toMatchObject({
      ok: false,
      error: { code: 'invalid', path: 'consent' },
    })
    expect(await ask({ token: aToken(), consent: 'essential', admin: true })).toMatchObject({
      error: { path: 'admin' },
    })
    expect(await ask(null)).toMatchObject({ error: { code: 'invalid' } })
    expect(await wire.ask('visitor:set', { attributes: Buffer.from('x') })).toMatchObject({
      error: { code: 'invalid', path: 'attributes' },
    })
  })

  it('W1 P7 says what does not fit without repeating it', async () => {
    const { wire } = await visit(world)
    const secret = 'hunter2 hunter2'
    const said = [
      await wire.ask('visitor:keep', { token: secret, consent: 'granted' }),
      await wire.ask('message:send', {
        clientId: aClientId(),
        conversationId: null,
        text: '',
        files: [secret],
      }),
    ]
    for (const answer of said) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'invalid' } })
      expect(JSON.stringify(answer)).not.toContain(secret)
    }
    const blank = await wire.ask('message:send', { clientId: aClientId(), conversationId: null, text: ' ' })
    expect(blank).toMatchObject({ error: { path: 'text', message: 'text: must not be blank' } })
    wire.close()
  })

  it('W2 refuses what comes before hello, and what nobody knows', async () => {
    const wire = await knock(world)
    expect(await wire.failureOf('page:leave', {})).toBe('unauthenticated')
    const unknown = new Promise((resolve) => wire.socket.emit('toString', {}, resolve))
    expect(await unknown).toMatchObject({ ok: false, error: { code: 'invalid' } })
    const crowded = new Promise((resolve) => wire.socket.emit('page:leave', {}, {}, resolve))
    expect(await crowded).toMatchObject({ ok: false, error: { code: 'invalid' } })
  })

  it('W21 has what comes right behind hello wait for it, such as the next view of an application', async () => {
    const wire = await knock(world)
    const view = (path: string) => ({ url: pageAt(world, path), title: 'Shop', referrer: '' })
    const [hello, viewed] = await Promise.all([
      wire.ask('hello', { protocolVersion, resume: null, view: view('/1') }),
      wire.ask('page:view', view('/2')),
    ])
    expect(hello).toMatchObject({ ok: true })
    expect(viewed).toMatchObject({ ok: true, pageViews: 2 })
    wire.close()
  })

  it('W2 leaves a request without acknowledgement undone', async () => {
    const { wire, snapshot } = await visit(world, { token: aToken() })
    expect(snapshot.visitor).toBeNull()
    wire.socket.emit('visitor:identify', { name: 'Silent' })
    await wire.get('presence:set', { state: 'active' })
    expect(world.app.domain.visits.live().map((one) => one.name)).not.toContain('Silent')
  })

  it('W14 cuts who keeps breaking the rules, and nobody else', async () => {
    const honest = await visit(world)
    const { wire } = await visit(world)
    for (let i = 0; i < 12; i++) wire.socket.emit('nonsense', i)
    await wire.closed()
    expect(honest.wire.socket.connected).toBe(true)
    expect(await honest.wire.failureOf('page:leave', {})).toBe('ok')
  })

  it('W10 answers about another’s conversation as about one that is not there', async () => {
    const amir = await visit(world, { token: aToken() })
    const leila = await visit(world, { token: aToken() })
    const { conversation } = await amir.says('Hello')
    const absent = `${conversation.id.slice(0, -1)}${conversation.id.endsWith('0') ? '1' : '0'}`
    const asks = [
      ['entries:since', { after: 0 }],
      ['typing:set', { typing: true }],
      ['receipt:send', { delivered: 1, seen: 1 }],
      ['conversation:end', {}],
      ['survey:show', {}],
      ['survey:skip', {}],
      ['survey:answer', { rating: 5, comment: '' }],
      ['message:send', { clientId: aClientId(), text: 'Mine' }],
    ] as const
    for (const [name, more] of asks) {
      const foreign = await leila.wire.ask(name, { conversationId: conversation.id, ...more })
      expect(foreign).toMatchObject({ ok: false, error: { code: 'not_found' } })
      expect(await leila.wire.ask(name, { conversationId: absent, ...more })).toEqual(foreign)
    }
    expect(await world.history.conversations.entries(conversation.id, 0, 10)).toHaveLength(1)
  })

  it('W16 gives a page that shows no token nothing of the visitor it looks like', async () => {
    const amir = await visit(world, { token: aToken() })
    await amir.says('My order number is 12')
    const sameTab = await visit(world, { page: amir.page })
    expect(sameTab.snapshot).toMatchObject({ visitor: null, conversations: [] })
    expect(
      await sameTab.wire.failureOf('message:send', {
        clientId: aClientId(),
        conversationId: null,
        text: 'x',
      }),
    ).toBe('conflict')
    await amir.says('And my name is Amir')
    await sameTab.wire.get('presence:set', { state: 'active' })
    expect(sameTab.wire.untaken('entries:added', 'conversation:started')).toEqual([])
  })

  it('W16 does not let such a page rewrite who they are', async () => {
    const amir = await visit(world, { token: aToken() })
    await amir.wire.get('visitor:identify', { name: 'Amir' })
    await amir.says('Hello')
    const lookalike = await visit(world, { page: amir.page })
    expect(await lookalike.wire.failureOf('visitor:identify', { name: 'Evil' })).toBe('conflict')
    expect(await lookalike.wire.failureOf('visitor:set', { attributes: { plan: 'free' } })).toBe('conflict')
    const again = await visit(world, { token: amir.token })
    expect(again.snapshot.visitor?.name).toBe('Amir')
  })
})

describe('an agent', () => {
  it('W12 whose session ended is turned away at once', async () => {
    const leaving = await attend(world, await world.signInAs('agent'))
    const staying = await attend(world)
    await leaving.client.send('DELETE', '/api/v1/session')
    expect(await leaving.wire.heard('refused')).toEqual({ reason: 'session' })
    await leaving.wire.closed()
    expect(staying.wire.socket.connected).toBe(true)
    await expect(knockAsAgent(world, leaving.client.cookie)).rejects.toThrow('session')
  })

  it('W12 who is dismissed is turned away, and so is whose role changes', async () => {
    const { id } = await world.addAgent('agent', 'temp@example.com')
    const credentials = { email: 'temp@example.com', password: 'correct horse battery' }
    const temp = await attend(world, await world.signIn(credentials))
    await world.app.domain.agents.change(id, { role: 'viewer' })
    await temp.wire.closed()
    const again = await attend(world, await world.signIn(credentials))
    await world.app.domain.agents.change(id, { active: false })
    await again.wire.closed()
  })

  it('W12 without the right reads and does not write', async () => {
    const amir = await visit(world, { token: aToken() })
    const { conversation } = await amir.says('Hello')
    const viewer = await attend(world, await world.signInAs('viewer'))
    expect((await viewer.watch(conversation.id)).entries).toHaveLength(1)
    const message = { conversationId: conversation.id, clientId: aClientId(), text: 'Hi', note: false }
    expect(await viewer.wire.failureOf('message:send', message)).toBe('forbidden')
    expect(await viewer.wire.failureOf('conversation:close', { conversationId: conversation.id })).toBe(
      'forbidden',
    )
  })
})

describe('closing', () => {
  it('W1 is never done by an agent in the name of the visitor', async () => {
    const amir = await visit(world, { token: aToken() })
    const { conversation } = await amir.says('Hello')
    const sara = await attend(world)
    const named = { conversationId: conversation.id, reason: 'visitor' }
    expect(await sara.wire.failureOf('conversation:close', named)).toBe('invalid')
    const { entries } = await sara.wire.get('conversation:close', { conversationId: conversation.id })
    expect(entries.at(-1)).toMatchObject({ kind: 'closed', reason: 'agent' })
  })
})

describe('P8 what crosses a visitor’s wire', () => {
  it('P8 has no e-mail address of an agent, no address, and nobody else', async () => {
    const other = await visit(world, { token: aToken() })
    await other.wire.get('visitor:identify', { name: 'Leila', email: 'leila@example.com' })
    const amir = await visit(world, { token: aToken() })
    const sara = await attend(world)
    const frames: string[] = [JSON.stringify(amir.snapshot)]
    amir.wire.socket.onAny((...frame: unknown[]) => frames.push(JSON.stringify(frame)))
    const { conversation } = await amir.says('Hello')
    await sara.watch(conversation.id)
    await sara.notes(conversation.id, 'secret note')
    await sara.says(conversation.id, 'Welcome')
    await amir.wire.heard('entries:added', ({ entries }) => entries.some((entry) => entry.kind === 'message'))
    frames.push(
      JSON.stringify(await amir.wire.get('entries:since', { conversationId: conversation.id, after: 0 })),
    )
    expect(frames.join()).not.toMatch(/@example\.com|127\.0\.0\.1[^:]|secret note|Leila/)
  })
})
