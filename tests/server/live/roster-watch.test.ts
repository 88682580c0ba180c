import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { times } from '../../../shared/limits.ts'
import { type AgentAnswers, type AgentSnapshot, protocolVersion } from '../../../shared/protocol.ts'
import { applyWindow, emptyWindow, type RosterWindow } from '../../../shared/roster.ts'
import { everybody, type RosterQuery } from '../../../shared/roster-query.ts'
import { type AgentWire, attend, knockAsAgent } from '../../support/agent.ts'
import { type HandClock, handClock } from '../../support/clock.ts'
import { aToken } from '../../support/random.ts'
import { pageAt, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let clock: HandClock
beforeAll(async () => {
  clock = handClock()
  world = await openWorld({ clock })
})
afterAll(() => world.close())

interface Looking {
  wire: AgentWire
  snapshot: AgentSnapshot
  look(
    query?: Partial<RosterQuery>,
    part?: { from: number; count: number },
  ): Promise<AgentAnswers['roster:watch']>
}

/** A console that asks for what it has on its screen. */
async function lookIn(): Promise<Looking> {
  const wire = await knockAsAgent(world, (await world.signIn()).cookie)
  const snapshot = await wire.get('hello', { protocolVersion, resume: null, roster: 'window' })
  return {
    wire,
    snapshot,
    look: (query = {}, part = { from: 0, count: 20 }) =>
      wire.get('roster:watch', { query: { ...everybody, ...query }, ...part }),
  }
}

let rooms = 0
/** A corner of the site that only one test goes to. */
const somewhere = (): string => `/room-${++rooms}`
const someone = (at: string) => visit(world, { token: aToken(), at })
const pages = (window: RosterWindow): string[] =>
  window.order.map((id) => new URL(window.people.get(id)?.page.url ?? 'https://nobody/').pathname)

/** What each console holds, as it would fold it. */
const held = new WeakMap<object, RosterWindow>()

/** Folds what comes until the window shows what is waited for. */
async function until(
  wire: AgentWire,
  first: AgentAnswers['roster:watch'],
  fits: (window: RosterWindow) => boolean,
) {
  let window = held.get(first) ?? applyWindow(emptyWindow, first)
  while (!fits(window)) {
    clock.advance(times.digestEvery)
    const { frame } = await wire.heard('roster:moved', (moved) => moved.frame?.window === first.window)
    if (frame) window = applyWindow(window, frame)
    held.set(first, window)
  }
  return window
}

describe('V30 a console that asks for a window', () => {
  it('gets what is in it, and its changes without being asked', async () => {
    const at = somewhere()
    const amir = await someone(`${at}/a`)
    const { wire, look, snapshot } = await lookIn()
    expect(snapshot.visitors).toEqual([])
    const first = await look({ page: `${at}/*` })
    await until(wire, first, (window) => pages(window).join() === `${at}/a`)
    await amir.wire.get('page:view', { url: pageAt(world, `${at}/b`), title: 'B', referrer: '' })
    clock.advance(1)
    await someone(`${at}/c`)
    const window = await until(wire, first, (now) => pages(now).join() === `${at}/c,${at}/b`)
    expect([window.total, window.pages.map(({ n }) => n).length]).toEqual([2, window.pages.length])
    expect(wire.untaken('roster:changed')).toEqual([])
  })

  it('is told nothing of those who are not in it', async () => {
    const [here, elsewhere] = [somewhere(), somewhere()]
    await someone(here)
    const amir = await someone(elsewhere)
    const { wire, look } = await lookIn()
    const first = await look({ page: here, search: here })
    await until(wire, first, (window) => window.total === 1)
    await amir.wire.get('event:track', { name: 'waved', properties: {} })
    await someone(here)
    await until(wire, first, (window) => window.total === 2)
    expect(JSON.stringify(wire.untaken('roster:moved'))).not.toContain(elsewhere)
  })

  it('shares the frames of another that looks at the same, from wherever it began', async () => {
    const at = somewhere()
    await someone(at)
    const [one, other] = [await lookIn(), await lookIn()]
    const first = await one.look({ page: at })
    await until(one.wire, first, (window) => window.total === 1)
    const second = await other.look({ page: at })
    expect(second.window).toBe(first.window)
    expect(applyWindow(emptyWindow, second).people.size).toBe(1)
    await someone(at)
    await until(other.wire, second, (window) => window.total === 2)
  })

  it('sees the end of a list that has become shorter than where it looks', async () => {
    const at = somewhere()
    for (let n = 0; n < 3; n++) await someone(at)
    const { wire, look } = await lookIn()
    const first = await look({ page: at }, { from: 50, count: 2 })
    const { from, order } = await until(wire, first, ({ total }) => total === 3)
    expect([from, order.length]).toEqual([1, 2])
  })

  it('gets frames no oftener than twice a second, whatever happens', async () => {
    const at = somewhere()
    const amir = await someone(at)
    const { wire, look } = await lookIn()
    const first = await look({ page: `${at}*` })
    await until(wire, first, (window) => window.total === 1)
    clock.advance(times.digestEvery)
    clock.advance(times.digestEvery)
    const before = wire.untaken('roster:moved').length
    for (let n = 0; n < 30; n++)
      await amir.wire.get('page:view', { url: pageAt(world, `${at}-${n}`), title: '', referrer: '' })
    await until(wire, first, (window) => pages(window)[0] === `${at}-29`)
    expect(wire.untaken('roster:moved').length).toBeLessThanOrEqual(before + 1)
  })

  it('is told of no window any more once it looks away', async () => {
    const at = somewhere()
    const { wire, look } = await lookIn()
    await look({ page: at })
    await wire.get('roster:unwatch', {})
    await someone(at)
    clock.advance(times.digestEvery)
    const moved = await wire.heard('roster:moved')
    expect(moved.frame).toBeUndefined()
    expect(moved.visitors).toBe(world.app.domain.visits.live().length)
  })
})

describe('those met in conversations', () => {
  it('V30 are told of to every console, and only as long as they are met', async () => {
    const at = somewhere()
    const { wire } = await lookIn()
    const sara = await attend(world)
    const amir = await someone(at)
    const { conversation } = await amir.says('Hello')
    const mine = ({ upserts }: { upserts: { conversationId: string | null }[] }) =>
      upserts.some(({ conversationId }) => conversationId === conversation.id)
    clock.advance(times.digestEvery)
    await wire.heard('roster:moved', mine)
    expect((await lookIn()).snapshot.visitors.some((one) => one.conversationId === conversation.id)).toBe(
      true,
    )
    await sara.wire.get('conversation:close', { conversationId: conversation.id })
    clock.advance(times.digestEvery)
    await wire.heard('roster:moved', ({ gone }) => gone.length > 0)
  })

  it('V30 are told of as soon as a closed conversation of theirs is opened', async () => {
    const amir = await someone(somewhere())
    const { conversation } = await amir.says('Hello')
    const sara = await attend(world)
    await sara.wire.get('conversation:close', { conversationId: conversation.id })
    const { wire } = await lookIn()
    await wire.get('conversation:watch', { conversationId: conversation.id, after: null })
    clock.advance(times.digestEvery)
    await wire.heard('roster:moved', ({ upserts }) => upserts.some((one) => one.visitorId !== null))
  })
})

describe('V34 a console of before', () => {
  it('goes on being told of everybody, as far as its list goes', async () => {
    const at = somewhere()
    const sara = await attend(world)
    await someone(at)
    clock.advance(times.digestEvery)
    await sara.wire.heard('roster:changed', ({ upserts }) => upserts.some((one) => one.page.url.endsWith(at)))
    expect(sara.wire.untaken('roster:moved')).toEqual([])
  })

  it('is not given a window it would not understand', async () => {
    const sara = await attend(world)
    const asked = { query: everybody, from: 0, count: 5 }
    expect(await sara.wire.failureOf('roster:watch', asked)).toBe('conflict')
  })
})
