import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Visit } from '../../../server/domain/visits/visit.ts'
import type { InviteId } from '../../../shared/ids.ts'
import { times } from '../../../shared/limits.ts'
import type { Invitation } from '../../../shared/protocol.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aClientId, aPage } from '../../support/random.ts'

let world: DomainWorld
beforeEach(async () => {
  world = await openDomain()
})
afterEach(() => world.end())

/** Somebody looks at a page, and their page asks for a rule. */
async function looksAt(path: string, more: Parameters<DomainWorld['opens']>[1] = {}) {
  const page = aPage()
  const visit = await world.opens(path, { page, ...granted(), ...more })
  const ask = (ruleId: Parameters<DomainWorld['rules']['byId']>[0], secondsOnPage = 60) =>
    world.proactive.ask(visit, { ruleId, secondsOnPage, page })
  return { visit, ask, page }
}

const says = (visit: Visit, text: string, inviteId?: string) => {
  const { visitorId, siteId } = visit
  if (!visitorId) throw new Error('Nobody to speak for.')
  const invited = world.proactive.shownTo(visit)
  return world.conversations.postAsVisitor(
    {
      ...{ siteId, visitorId, visitId: visit.id, conversationId: null, clientId: aClientId(), text },
      ...(inviteId && invited?.inviteId === inviteId ? { inviteId: invited.inviteId } : {}),
    },
    {},
  )
}

const invited = ({ invitation }: { invitation: Invitation | null }): Result<InviteId> =>
  invitation ? success(invitation.inviteId) : failure('not_found', 'Nothing was shown.')

describe('a proactive message', () => {
  it('T6 is decided by the server from its own record of the visit', async () => {
    const rule = must(
      await world.addRule({
        when: [
          { kind: 'pageViews', atLeast: 2 },
          { kind: 'url', glob: '/shoes*' },
        ],
      }),
    )
    const { visit, ask } = await looksAt('/shoes')
    expect(ask(rule.id)).toEqual({ invitation: null, because: 'conditions' })
    const [why] = world.proactive.why(visit.id) ?? []
    expect(why?.findings.map((finding) => finding.holds)).toEqual([false, true])
  })

  it('T2 is the one of the fitting rule that ranks first', async () => {
    const low = must(await world.addRule({ name: 'Low', priority: 1 }))
    const high = must(await world.addRule({ name: 'High', priority: 2 }))
    must(await world.addRule({ name: 'Off', priority: 3, enabled: false }))
    const { ask } = await looksAt('/')
    expect(ask(low.id).because).toBe('outranked')
    expect(ask(high.id).invitation).toMatchObject({ text: 'Can I help?', from: 'Shop', ruleId: high.id })
  })

  it('T3 addresses a visitor once a session', async () => {
    const rule = must(await world.addRule())
    const { ask } = await looksAt('/')
    expect(ask(rule.id).because).toBe('shown')
    world.clock.advance(times.proactiveSpacing)
    expect(ask(rule.id)).toEqual({ invitation: null, because: 'onceASession' })
  })

  it('T64 is noted as seen and as taken up, each once, and is done with where nothing of it is left', async () => {
    const rule = must(await world.addRule())
    const { visit, ask } = await looksAt('/')
    const inviteId = must(invited(ask(rule.id)))
    const first = world.clock.now()
    world.proactive.seen(visit, inviteId)
    world.clock.advance(1_000)
    world.proactive.opened(visit, inviteId, {}, {})
    world.proactive.seen(visit, inviteId)
    expect(world.proactive.waitingFor(visit)).toMatchObject({ seenAt: first, openedAt: first + 1_000 })
    world.proactive.opened(visit, inviteId, { done: true }, { except: 'own' })
    expect(world.proactive.shownTo(visit)).toBeNull()
    expect(world.told.map(({ what }) => what)).toContain('inviteWithdrawn')
    // It was no dismissal.
    expect(visit.quietSince).toBeNull()
  })

  it('T4 is not sent for a day after a dismissal, nor to the next visit', async () => {
    const rule = must(await world.addRule())
    const amir = granted()
    const { visit, ask } = await looksAt('/', amir)
    const { invitation } = ask(rule.id)
    if (!invitation) throw new Error('Nothing was shown.')
    await world.proactive.dismiss(visit, invitation.inviteId, {})
    expect(world.proactive.shownTo(visit)).toBeNull()
    world.clock.advance(times.proactiveQuiet - 60_000)
    const next = await looksAt('/', amir)
    expect(next.visit).not.toBe(visit)
    expect(next.ask(rule.id).because).toBe('quiet')
    world.clock.advance(120_000)
    expect((await looksAt('/', amir)).ask(rule.id).because).toBe('shown')
  })

  it('T3 T4 is not sent again to somebody who keeps nothing on their device and reloads, or goes on', async () => {
    const rule = must(await world.addRule())
    const essential = { token: undefined, consent: 'essential' as const, referrer: 'https://search.example/' }
    const page = aPage()
    const visit = await world.opens('/', { ...essential, page })
    const { invitation } = world.proactive.ask(visit, { ruleId: rule.id, secondsOnPage: 60, page })
    if (!invitation) throw new Error('Nothing was shown.')
    world.visits.left(visit, page)
    world.clock.advance(times.proactiveSpacing)
    const reloaded = await looksAt('/', essential)
    expect(reloaded.ask(rule.id).because).toBe('onceASession')
    await world.proactive.dismiss(reloaded.visit, invitation.inviteId, {})
    expect((await looksAt('/shoes', { ...essential, referrer: '/' })).ask(rule.id).because).toBe('quiet')
    world.visits.left(reloaded.visit, reloaded.page)
    world.clock.advance(times.proactiveSpacing)
    expect(world.visits.live().map(({ visitId }) => visitId)).toEqual([visit.id])
  })

  it('T4 is not sent to somebody who chats or has chatted', async () => {
    const rule = must(await world.addRule())
    const { visit, ask } = await looksAt('/')
    const { conversation } = must(await says(visit, 'Hello'))
    expect(ask(rule.id).because).toBe('inConversation')
    must(await world.conversations.close(conversation.id, { kind: 'system' }, 'agent', {}))
    expect(ask(rule.id).because).toBe('quiet')
  })

  it('T5 with somebodyCanAnswer waits for an agent who is online', async () => {
    const rule = must(await world.addRule({ when: [{ kind: 'somebodyCanAnswer' }] }))
    const { ask } = await looksAt('/')
    expect(ask(rule.id).because).toBe('conditions')
    world.agents.connected(world.sara.id)
    expect(ask(rule.id).because).toBe('shown')
  })

  it('P3 is not sent to somebody who denied consent, whose page gets no rules', async () => {
    const rule = must(await world.addRule())
    const { visit, ask, page } = await looksAt('/', { consent: 'denied' })
    expect(world.proactive.rulesFor(visit, page)).toEqual([])
    expect(ask(rule.id).invitation).toBeNull()
  })

  it('T6 speaks the language of the visitor, and its text is not told before it is due', async () => {
    const rule = must(await world.addRule())
    const { visit, ask, page } = await looksAt('/', { locale: 'fa' })
    expect(world.proactive.rulesFor(visit, page)).toEqual([{ id: rule.id, priority: 10, when: [] }])
    expect(ask(rule.id).invitation?.text).toBe('کمکی از من برمی‌آید؟')
  })
})

describe('an answer to an invitation', () => {
  it('C11 stores the invitation before it, as an automatic message', async () => {
    const rule = must(await world.addRule())
    const { visit, ask } = await looksAt('/')
    const inviteId = ask(rule.id).invitation?.inviteId
    const { entries } = must(await says(visit, 'Yes please', inviteId))
    expect(entries).toMatchObject([
      {
        seq: 1,
        text: 'Can I help?',
        auto: true,
        author: { kind: 'bot', name: 'Shop' },
        invitation: { ruleId: rule.id },
      },
      { seq: 2, text: 'Yes please', auto: false },
    ])
    expect(world.proactive.shownTo(visit)).toBeNull()
    expect(world.told).toContainEqual({ what: 'inviteWithdrawn', about: inviteId })
  })

  it('V74 tells an agent whether anybody sees their invitation yet, and refuses it for who has left', async () => {
    const { id, name, email, role } = world.sara
    const by = { id, name, email, role }
    const { visit, page } = await looksAt('/')
    world.visits.entered(visit, page)
    const invite = () => world.proactive.invite(visit.id, 'May I show you?', by)
    expect(must(await invite()).reaches).toBe('now')
    world.visits.exited(visit, page)
    expect(must(await invite()).reaches).toBe('nextPage')
    world.clock.advance(times.visitorGoneDesktop)
    // As it was last announced, a moment ago.
    visit.state = 'active'
    expect(await invite()).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })

  it('C11 names the agent whose own invitation it was', async () => {
    const { visit } = await looksAt('/')
    const { id, name, email, role } = world.sara
    const { inviteId } = must(
      await world.proactive.invite(visit.id, 'May I show you?', { id, name, email, role }),
    )
    expect(world.told).toContainEqual({ what: 'inviteOffered', about: expect.objectContaining({ inviteId }) })
    const { entries } = must(await says(visit, 'Please', inviteId))
    expect(entries[0]).toMatchObject({ author: { kind: 'agent', name: 'Sara' }, auto: true })
    expect(await world.proactive.invite(visit.id, 'Again?', { id, name, email, role })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    })
  })
})
