import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RuleDraft } from '../../../shared/triggers/rule.ts'
import { aClientId, aToken } from '../../support/random.ts'
import { type SocketVisitor, siteOf, type VisitorOptions, visit } from '../../support/visitor.ts'
import { noHurry, openWorld, type World } from '../../support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld({ live: { rateLimits: noHurry } })
})
afterAll(() => world.close())

/** A rule that speaks to everybody at once. */
async function addRule(more: Partial<RuleDraft> = {}) {
  const { rules } = world.app.domain
  for (const { id } of rules.list()) await rules.remove(id)
  const draft: RuleDraft = {
    ...{ version: 2, siteId: siteOf(world).id, name: 'Greet', enabled: true, priority: 10, when: [] },
    ...{ say: { en: 'Can I help?' }, limits: { needsSomebody: false }, holdout: 0, ...more },
  }
  const made = await rules.create(draft)
  if (!made.ok) throw new Error(made.error.message)
  return { ...draft, id: made.value.id }
}

const asked = ({ id }: { id: string }) => ({ ruleId: Object(id), secondsOnPage: 1 })
const asks = ({ wire }: SocketVisitor, rule: { id: string }) => wire.get('invite:ask', asked(rule))
const granted = () => ({ token: aToken(), consent: 'granted' as const })
const comes = (options: VisitorOptions = {}) => visit(world, options)
const visitOf = ({ page }: SocketVisitor) => {
  const found = world.app.domain.visits.everybody().find(({ tabs }) => tabs.some((tab) => tab.page === page))
  if (!found) throw new Error('Nobody is on this page.')
  return found
}

/** What is written of exposures waits until `meanwhile` has happened. */
async function whileWriting<T>(say: () => Promise<T>, meanwhile: () => Promise<unknown>): Promise<T> {
  const { exposures } = world.history
  const { store } = exposures
  let go: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    go = resolve
  })
  const begun = new Promise<void>((resolve) => {
    exposures.store = async (told) => {
      resolve()
      await gate
      return store(told)
    }
  })
  const said = say()
  await begun
  exposures.store = store
  await meanwhile()
  go()
  return said
}

describe('consent that is denied', () => {
  it('T119 takes what a rule has said off every page, now and for whoever connects again', async () => {
    const greet = await addRule()
    const amir = granted()
    const [one, other] = [await comes(amir), await comes(amir)]
    const { invitation } = await asks(one, greet)
    await one.wire.get('visitor:keep', { token: amir.token, consent: 'denied' })
    for (const { wire } of [one, other])
      expect(await wire.heard('invite:withdrawn')).toEqual({ inviteId: invitation?.inviteId })
    expect((await comes({ token: amir.token, consent: 'denied' })).snapshot.invitation).toBeNull()
  })

  it('T119 takes it off the page of who keeps no token, once that connects again', async () => {
    const greet = await addRule()
    const guest = await comes({ at: '/nobody' })
    await asks(guest, greet)
    guest.wire.close()
    const { snapshot } = await comes({ page: guest.page, consent: 'denied' })
    expect(snapshot.invitation).toBeNull()
  })

  it('T119 comes before what is on its way', async () => {
    const greet = await addRule()
    const amir = granted()
    const one = await comes(amir)
    const denies = () => one.wire.get('visitor:keep', { token: amir.token, consent: 'denied' })
    const answer = await whileWriting(() => asks(one, greet), denies)
    expect(answer).toEqual({ ok: true, invitation: null, because: 'consent' })
  })

  it('T119 leaves what a person of the house wrote to them', async () => {
    const amir = granted()
    const one = await comes(amir)
    const [sara] = world.app.domain.agents.list()
    if (!sara) throw new Error('Nobody is there.')
    await world.app.domain.proactive.invite(visitOf(one).id, 'Good morning', sara)
    await one.wire.get('visitor:keep', { token: amir.token, consent: 'denied' })
    const { snapshot } = await comes({ token: amir.token, consent: 'denied' })
    expect(snapshot.invitation).toMatchObject({ text: 'Good morning' })
  })
})

describe('somebody who is erased', () => {
  it('T119 is told nothing that was on its way, and nothing of it stays', async () => {
    const greet = await addRule()
    const one = await comes(granted())
    const { visitorId } = visitOf(one)
    const [sara] = world.app.domain.agents.list()
    if (!visitorId || !sara) throw new Error('Who consents is known.')
    const erases = () => world.app.domain.visitors.erase(visitorId, sara)
    const answer = await whileWriting(
      () => one.wire.ask('invite:ask', asked(greet)).catch(() => null),
      erases,
    )
    expect(answer === null || !answer.ok || answer.invitation === null).toBe(true)
    expect(await world.history.exposures.ofVisitor(visitorId, 10)).toEqual([])
  })
})

describe('a rule that is changed while it speaks', () => {
  it('T120 says what it said when it won, once, and its next visitors hear the new text', async () => {
    const greet = await addRule()
    const one = await comes(granted())
    const { id, ...draft } = greet
    const edits = () => world.app.domain.rules.change(id, { ...draft, say: { en: 'How are you?' } })
    const answer = await whileWriting(() => asks(one, greet), edits)
    expect(answer.invitation).toMatchObject({ text: 'Can I help?' })
    expect(await asks(one, greet)).toMatchObject({ invitation: { text: 'Can I help?' } })
    expect(await asks(await comes(granted()), greet)).toMatchObject({ invitation: { text: 'How are you?' } })
  })

  it('T120 removed at that moment has spoken to one, who may answer, and speaks to nobody else', async () => {
    const greet = await addRule()
    const one = await comes(granted())
    const answer = await whileWriting(
      () => asks(one, greet),
      () => world.app.domain.rules.remove(greet.id),
    )
    const inviteId = answer.invitation?.inviteId
    const yes = { clientId: aClientId(), conversationId: null, inviteId, text: 'Yes' }
    const { entries } = await one.wire.get('message:send', yes)
    expect(entries).toMatchObject([{ text: 'Can I help?' }, { text: 'Yes' }])
    expect(await asks(await comes(granted()), greet)).toMatchObject({ because: 'unknown' })
  })
})
