import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { HistoryUnavailable } from '../../../server/history/history.ts'
import type { RuleDraft } from '../../../shared/triggers/rule.ts'
import { handClock } from '../../support/clock.ts'
import { aClientId, aToken } from '../../support/random.ts'
import { type SocketVisitor, siteOf, type VisitorOptions, visit } from '../../support/visitor.ts'
import { noHurry, openWorld, type World } from '../../support/world.ts'

const clock = handClock()
let world: World
beforeAll(async () => {
  world = await openWorld({ clock, live: { rateLimits: noHurry } })
})
afterAll(() => world.close())
afterEach(async () => {
  for (const { id } of world.app.domain.rules.list()) await world.app.domain.rules.remove(id)
})

/** A rule that speaks to everybody at once. */
async function addRule(more: Partial<RuleDraft> = {}) {
  const draft: RuleDraft = {
    ...{ version: 2, siteId: siteOf(world).id, name: 'Greet', enabled: true, priority: 10, when: [] },
    ...{ say: { en: 'Can I help?' }, limits: { needsSomebody: false }, holdout: 0, ...more },
  }
  const made = await world.app.domain.rules.create(draft)
  if (!made.ok) throw new Error(made.error.message)
  return made.value
}

const granted = () => ({ token: aToken(), consent: 'granted' as const })
const comes = (options: VisitorOptions = {}) => visit(world, options)
const asks = ({ wire }: SocketVisitor, { id }: { id: string }) =>
  wire.get('invite:ask', { ruleId: Object(id), secondsOnPage: 1 })

const visits = () => world.app.domain.visits

async function leaves({ wire }: SocketVisitor): Promise<void> {
  const sockets = () =>
    visits()
      .everybody()
      .reduce((sum, visit) => sum + visit.sockets, 0)
  const before = sockets()
  wire.close()
  await expect.poll(sockets).toBeLessThan(before)
}

const fails = () => Promise.reject(new HistoryUnavailable('The disk is full.'))

/** While `run` goes on, what rules said can be neither stored nor read. */
async function storeAway<T>(run: () => Promise<T>): Promise<T> {
  const { exposures } = world.history
  const { store, past } = exposures
  exposures.store = exposures.past = fails
  return run().finally(() => Object.assign(exposures, { store, past }))
}

describe('what a rule says', () => {
  it('T90 is shown only once it is on record, and as if nothing had been said where it cannot be', async () => {
    const greet = await addRule()
    const amir = await comes(granted())
    const question = { ruleId: greet.id, secondsOnPage: 1 }
    await storeAway(async () => {
      expect(await amir.wire.failureOf('invite:ask', question)).toBe('unavailable')
      expect((await comes({ token: amir.token, consent: 'granted' })).snapshot.invitation).toBeNull()
    })
    expect(await asks(amir, greet)).toMatchObject({ because: 'shown', invitation: { text: 'Can I help?' } })
    expect(await asks(await comes(granted()), greet)).toMatchObject({ because: 'shown' })
  })

  it('T90 is asked for again later where what was said before could not be read', async () => {
    const greet = await addRule()
    const amir = granted()
    await leaves(await comes(amir))
    clock.advance(31 * 60_000)
    await storeAway(async () => {
      const again = await comes(amir)
      const question = { ruleId: greet.id, secondsOnPage: 1 }
      expect(await again.wire.failureOf('invite:ask', question)).toBe('unavailable')
    })
    expect(await asks(await comes(amir), greet)).toMatchObject({ because: 'shown' })
  })

  it('T91 is granted again to the page that did not hear it, and to no other', async () => {
    const greet = await addRule()
    const amir = granted()
    const [one, other] = [await comes(amir), await comes(amir)]
    const { invitation } = await asks(one, greet)
    expect(await asks(one, greet)).toMatchObject({ because: 'shown', invitation })
    expect(await asks(other, greet)).toMatchObject({ because: 'tooSoon', invitation: null })
  })
})

describe('what stands on one page', () => {
  it('T92 is shown in one tab, and in another once that one is closed', async () => {
    const greet = await addRule()
    const amir = granted()
    const one = await comes(amir)
    const { invitation } = await asks(one, greet)
    const [other, third] = [await comes(amir), await comes(amir)]
    expect([other.snapshot.invitation, third.snapshot.invitation]).toEqual([null, null])
    await leaves(one)
    expect(await third.wire.heard('invite:offered')).toEqual(invitation)
    await leaves(third)
    expect(await other.wire.heard('invite:offered')).toEqual(invitation)
    await leaves(other)
    expect((await comes(amir)).snapshot.invitation).toEqual(invitation)
  })

  it('T92 goes along where a tab turns out to be of somebody who is there already', async () => {
    const greet = await addRule()
    const [known, tab] = [await comes(granted()), await comes({ at: '/elsewhere' })]
    const { invitation } = await asks(tab, greet)
    if (!invitation) throw new Error('The rule spoke.')
    await tab.wire.get('visitor:keep', { token: known.token, consent: 'granted' })
    expect(known.wire.untaken('invite:offered')).toEqual([])
    const answer = { clientId: aClientId(), conversationId: null, inviteId: invitation.inviteId, text: 'Yes' }
    const { entries } = await tab.wire.get('message:send', answer)
    expect(entries).toMatchObject([
      { kind: 'message', text: 'Can I help?' },
      { kind: 'message', text: 'Yes' },
    ])
  })

  it('T92 of two that meet, the one that was taken up stays, and the other goes in every tab', async () => {
    const greet = await addRule()
    const [known, tab] = [await comes(granted()), await comes({ at: '/elsewhere' })]
    const [{ invitation: first }, { invitation: second }] = [await asks(known, greet), await asks(tab, greet)]
    await tab.wire.get('invite:opened', { inviteId: second?.inviteId })
    await tab.wire.get('visitor:keep', { token: known.token, consent: 'granted' })
    expect(await known.wire.heard('invite:withdrawn')).toEqual({ inviteId: first?.inviteId })
    expect(tab.wire.untaken('invite:withdrawn')).not.toContainEqual({ inviteId: second?.inviteId })
    await leaves(tab)
    expect(await known.wire.heard('invite:offered')).toEqual(second)
  })

  it('T92 does not follow somebody who signs out and begins anew', async () => {
    const greet = await addRule()
    const amir = await comes(granted())
    const { invitation } = await asks(amir, greet)
    await amir.wire.get('visitor:keep', { token: aToken(), consent: 'granted' })
    const question = {
      clientId: aClientId(),
      conversationId: null,
      inviteId: invitation?.inviteId,
      text: 'Hi',
    }
    const { entries } = await amir.wire.get('message:send', question)
    expect(entries).toMatchObject([{ kind: 'message', text: 'Hi' }])
  })
})

describe('a message to a page', () => {
  it('T90 leaves alone whose record can be neither read nor written now', async () => {
    await addRule()
    const sara = await world.signIn()
    const tell = async () =>
      (await sara.send('POST', '/api/v1/visitors/live/message', { page: '/sale', text: 'Today' })).json
    const amir = granted()
    await leaves(await comes(amir))
    clock.advance(31 * 60_000)
    const back = await storeAway(async () => {
      const again = await comes({ ...amir, at: '/sale' })
      expect(await tell()).toEqual({ reached: 0, leftAlone: { undecided: 1 } })
      return again
    })
    await leaves(back)
    const here = await comes({ ...amir, at: '/sale' })
    await storeAway(async () => {
      expect(await tell()).toEqual({ reached: 0, leftAlone: { undecided: 1 } })
    })
    expect(await tell()).toEqual({ reached: 1, leftAlone: {} })
    expect(await here.wire.heard('invite:offered')).toMatchObject({ text: 'Today' })
  })
})
