import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Action } from '../../../shared/triggers/action.ts'
import { faultsOf } from '../../../shared/triggers/faults.ts'
import { type Goal, RuleDraft } from '../../../shared/triggers/rule.ts'
import { type DomainWorld, granted, must, openDomain } from '../../support/domain-world.ts'
import { aClientId, aPage } from '../../support/random.ts'

let world: DomainWorld
beforeEach(async () => {
  world = await openDomain()
})
afterEach(() => world.end())

/** A rule with this action has spoken to somebody. */
async function spoken(
  action: Action,
  say: object = { en: 'Hello {{visitor.name|friend}}' },
  more: Partial<RuleDraft> = {},
) {
  const rule = must(await world.addRule({ say, action, ...more }))
  const page = aPage()
  const person = granted()
  const visit = await world.opens('/', { page, ...person })
  const ask = () => world.proactive.ask(visit, { ruleId: rule.id, secondsOnPage: 60, page })
  return { rule, visit, ask, person, page, answer: ask() }
}
const never = (): never => {
  throw new Error('There is nothing.')
}
const unlabelled = { kind: 'buttons', buttons: [{ does: 'answer', label: {} }] } as const
const label = { en: 'At {{page.title|home}}, {{agent.name|we}}' }

describe('a rule that speaks', () => {
  it('T60 T61 offers its buttons in the words of the moment', async () => {
    world.agents.connected(world.sara.id)
    const buttons = [{ does: 'answer' as const, label }]
    const { answer, visit } = await spoken({ kind: 'buttons', buttons })
    const said = `At ${visit.trail[0]?.title || 'home'}, Sara`
    expect(answer.invitation?.action).toEqual({ kind: 'buttons', buttons: [{ text: said, says: said }] })
    expect(world.proactive.shownTo(visit)?.action).toEqual(answer.invitation?.action)
  })

  it('T85 offers the buttons of the variant that is said, or the rule’s where it has none', async () => {
    const button = (en: string): Action => ({ kind: 'buttons', buttons: [{ does: 'answer', label: { en } }] })
    const rule = must(
      await world.addRule({
        ...{
          say: { en: 'A' },
          action: button('Of A'),
          version: 2,
          holdout: 0,
          limits: { needsSomebody: false },
        },
        variants: [
          { id: 'B', say: { en: 'B' }, action: button('Of B') },
          { id: 'C', say: { en: 'C' } },
        ],
      }),
    )
    const heard = new Map<string, string>()
    while (heard.size < 3) {
      const page = aPage()
      const visit = await world.opens('/', { page, ...granted() })
      const { invitation } = world.proactive.ask(visit, { ruleId: rule.id, secondsOnPage: 60, page })
      heard.set(invitation?.text ?? '', JSON.stringify(invitation?.action))
    }
    const of = (text: string) => JSON.stringify({ kind: 'buttons', buttons: [{ text, says: text }] })
    expect(heard).toEqual(
      new Map([
        ['A', of('Of A')],
        ['B', of('Of B')],
        ['C', of('Of A')],
      ]),
    )
  })

  it.each([
    ['variants', { variants: [{ id: 'B', say: { en: 'B' }, action: { kind: 'banner', at: 'top' } }] }],
    ['variants.0.action.buttons.0.label', { variants: [{ id: 'B', say: { en: 'B' }, action: unlabelled }] }],
  ] as const)('T85 a variant does what its rule does, else the fault is at %s', (path, more) => {
    const say = { en: 'A' }
    const action = { kind: 'buttons', buttons: [{ does: 'answer', label: { en: 'Yes' } }] }
    const parsed = v.safeParse(RuleDraft, {
      ...{ siteId: world.site.id, name: 'A', enabled: true, priority: 1, when: [], say, action },
      ...more,
    })
    expect(faultsOf(parsed.issues ?? []).map((fault) => fault.path)).toEqual([path])
  })

  it('T61 names nobody while several could answer', async () => {
    const amina = {
      email: 'amina@example.com',
      name: 'Amina',
      role: 'agent' as const,
      password: 'correct horse',
    }
    world.agents.connected(must(await world.agents.create(amina)).id)
    world.agents.connected(world.sara.id)
    const { answer } = await spoken({ kind: 'banner', at: 'top', button: { label, href: '/' } })
    expect(JSON.stringify(answer.invitation?.action)).toContain(', we')
  })

  it('T61 says an agent’s own words to each by their name', async () => {
    const visit = await world.opens('/', granted())
    await world.visits.identify(visit, { name: 'Amir' })
    must(await world.proactive.invite(visit.id, 'Hello {{visitor.name|you}}, on {{page.title}}', world.sara))
    expect(world.proactive.shownTo(visit)?.text).toBe('Hello Amir, on /')
  })

  it('T62 tells the page of its event once, shows nothing, and leaves the budget to the others', async () => {
    const event: Action = { kind: 'event', name: 'offer', properties: { percent: 20 } }
    const { answer, ask, visit, page } = await spoken(event, { en: 'Hello {{visitor.name|friend}}' })
    expect(answer).toEqual({
      ...{ invitation: null, because: 'shown' },
      event: { name: 'offer', properties: { percent: 20 }, text: 'Hello friend' },
    })
    expect(world.proactive.shownTo(visit)).toBeNull()
    expect(ask()).toEqual({ invitation: null, because: 'ruleOnceASession' })
    const bubble = must(await world.addRule())
    expect(world.proactive.ask(visit, { ruleId: bubble.id, secondsOnPage: 60, page }).because).toBe('shown')
  })
})

describe('the answer to a question', () => {
  const rate = async (scale: 'faces' | 'numbers', score: number) => {
    const { answer, visit } = await spoken({ kind: 'survey', scale })
    const inviteId = answer.invitation?.inviteId
    if (!inviteId) throw new Error('Nothing was asked.')
    return { visit, again: () => world.proactive.rated(visit, inviteId, score, {}), inviteId }
  }

  it.each([
    ['faces', 4, 4],
    ['faces', 3, null],
    ['numbers', 10, 5],
    ['numbers', 8, 4],
    ['numbers', 6, null],
  ] as const)('T83 is a rating for a goal: %s, %i', async (scale, score, reached) => {
    const goal: Goal = { kind: 'rating', atLeast: 4, withinSeconds: 3_600 }
    const { answer, visit, rule } = await spoken({ kind: 'survey', scale }, undefined, {
      ...{ version: 2, holdout: 0, goal, limits: { needsSomebody: false } },
    })
    world.clock.advance(5_000)
    const at = world.clock.now()
    must(world.proactive.rated(visit, answer.invitation?.inviteId ?? never(), score, {}))
    await world.proactive.recorded(visit)
    const [kept] = await world.history.exposures.ofVisitor(visit.visitorId ?? never(), 10)
    expect(kept).toMatchObject({ ruleId: rule.id, goalAt: reached && at })
  })

  it('T66 is recorded once, as something that happened in the visit', async () => {
    const { again, visit, inviteId } = await rate('faces', 4)
    for (const score of [0, 6])
      expect(world.proactive.rated(visit, inviteId, score, {})).toMatchObject({ error: { path: 'score' } })
    expect(again().ok).toBe(true)
    expect(world.visits.events(visit.id)).toMatchObject([
      {
        name: 'question:answered',
        count: 1,
        properties: { score: 4, scale: 'faces', question: 'Hello friend' },
      },
    ])
    expect(world.proactive.shownTo(visit)).toBeNull()
    expect(again()).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })

  it('T66 is no answer to what was no question', async () => {
    const { answer, visit } = await spoken({ kind: 'open' })
    const inviteId = answer.invitation?.inviteId
    expect(inviteId && world.proactive.rated(visit, inviteId, 4, {}).ok).toBe(false)
  })
})

describe('a form', () => {
  const form: Action = { kind: 'form', fields: [{ kind: 'email', label: { en: 'E-mail' } }] }

  it('T65 sent as the page was left is one message, and makes known whose it is', async () => {
    const { answer, visit, person } = await spoken(form)
    const inviteId = answer.invitation?.inviteId
    if (!inviteId) throw new Error('Nothing was asked.')
    const about = { email: 'amir@example.com', attributes: { plan: 'gold' } }
    const message = { clientId: aClientId(), conversationId: null, text: 'E-mail: amir@example.com' }
    const left = must(
      await world.parting.take(
        {
          ...{ site: world.site.key, page: aPage(), consent: 'granted', locale: 'en', token: person.token },
          messages: [{ ...message, inviteId, about }],
        },
        { address: '192.0.2.1', userAgent: 'Chrome' },
      ),
    )
    expect(left.stored).toBe(1)
    const visitor = visit.visitorId && (await world.visitors.find(visit.visitorId))
    expect(visitor).toMatchObject(about)
  })
})
