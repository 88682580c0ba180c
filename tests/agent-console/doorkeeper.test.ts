import { describe, expect, it } from 'vitest'
import { DeskControl } from '../../agent-console/state/desk.ts'
import { Doorkeeper } from '../../agent-console/state/doorkeeper.ts'
import { makeId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { clientId, conversationId } from '../shared/story.ts'
import { handClock } from '../support/clock.ts'
import { me, memoryKeep, memoryVault, snapshotOf } from './support/desk.ts'
import { fakeLink, settle } from './support/fake-link.ts'

const unreachable = failure('unavailable', 'The server could not be reached.')

/** A door whose server answers what the test says, and counts how often it was asked. */
function door({ hint = true } = {}) {
  const clock = handClock()
  const link = fakeLink()
  const server: { answer: Result<unknown>; asked: number } = { answer: unreachable, asked: 0 }
  const ask = async () => {
    server.asked++
    return server.answer as never
  }
  const api = { address: () => '', get: ask, send: ask }
  const chance = { clientId: () => clientId(1), share: () => 1 }
  const openDesk = () =>
    new DeskControl({ me, link, api, clock, keep: memoryKeep(), vault: memoryVault(), chance })
  const keeper = new Doorkeeper({ api, clock, chance, openDesk, maybeSignedIn: () => hint })
  const signIn = async () => {
    server.answer = success({ agent: me })
    await keeper.recognise()
  }
  return { clock, link, server, keeper, signIn, now: () => keeper.session.get() }
}

describe('who is in', () => {
  it('asks nothing of the server when nobody has signed in here', async () => {
    const { keeper, server, now } = door({ hint: false })
    await keeper.recognise()
    expect([now(), server.asked]).toEqual([{ name: 'out', ended: false, waiting: 0 }, 0])
  })

  it('says that the server cannot be reached, and asks ever more rarely until it can', async () => {
    const { clock, keeper, server, now } = door()
    await keeper.recognise()
    expect(now()).toEqual({ name: 'asking', unreachable: true })
    clock.advance(times.retryFirst)
    await settle()
    clock.advance(times.retryFirst)
    await settle()
    expect(server.asked).toBe(2)
    server.answer = success({ agent: me })
    clock.advance(times.retryFirst)
    await settle()
    expect(now()).toMatchObject({ name: 'in', me })
  })

  it('asks at once when the network is back', async () => {
    const { keeper, server, now } = door()
    await keeper.recognise()
    server.answer = success({ agent: me })
    keeper.wake()
    await settle()
    expect(now().name).toBe('in')
  })

  it('shows the sign-in page only on a clear no', async () => {
    const { keeper, server, now } = door()
    server.answer = failure('unauthenticated', 'Sign in.')
    await keeper.recognise()
    expect(now()).toEqual({ name: 'out', ended: false, waiting: 0 })
  })

  it('does not say "out" while the session lives', async () => {
    const { keeper, server, signIn, now } = door()
    await signIn()
    server.answer = unreachable
    await keeper.signOut()
    expect(now()).toMatchObject({ name: 'in', signOutFailed: true })
    server.answer = success(undefined)
    await keeper.signOut()
    expect(now()).toEqual({ name: 'out', ended: false, waiting: 0 })
  })

  it('W41 tells who was at work what still waits for them', async () => {
    const { link, signIn, now } = door()
    await signIn()
    const held = now()
    if (held.name === 'in') held.desk.reply(conversationId, 'Not yet', false)
    await settle()
    link.tell({ name: 'refused', reason: 'session' })
    expect(now()).toEqual({ name: 'out', ended: true, waiting: 1 })
  })

  it('W12 tells who was at work that their session has ended', async () => {
    const { link, signIn, now } = door()
    await signIn()
    link.tell({ name: 'refused', reason: 'session' })
    expect(now()).toEqual({ name: 'out', ended: true, waiting: 0 })
  })
})

describe('another agent who signs in in the same browser', () => {
  it('W41 gets a desk of their own', async () => {
    const { link, server, signIn, now } = door()
    await signIn()
    const other = { ...me, id: makeId('a', 9, new Uint8Array(10)), name: 'Nima' }
    server.answer = success({ agent: other })
    link.tell({ name: 'up' })
    await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf({ me: other }) })
    await settle()
    expect(now()).toMatchObject({ name: 'in', me: { name: 'Nima' } })
  })
})
