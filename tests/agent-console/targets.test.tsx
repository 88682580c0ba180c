// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Alerts } from '../../agent-console/alerts/alerts.tsx'
import type { Api } from '../../agent-console/connection/api.ts'
import { DuePart } from '../../agent-console/conversation/due-part.tsx'
import { ProvideTargets } from '../../agent-console/due/target-house.tsx'
import { InboxList } from '../../agent-console/inbox/inbox-list.tsx'
import { TargetsCard } from '../../agent-console/settings/targets-card.tsx'
import { concerns } from '../../agent-console/state/late.ts'
import { en } from '../../agent-console/ui/texts/en.ts'
import type { Priority } from '../../shared/aims.ts'
import { startConversation } from '../../shared/conversation/conversation.ts'
import { failure, success } from '../../shared/result.ts'
import type { Target } from '../../shared/targets.ts'
import { agentId, minute, omid, Story, sara, siteId, visitorId } from '../shared/story.ts'
import { me, otherConversation, rowOf } from './support/desk.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await act(async () => undefined)
}
const button = (name: string) => all('button').find((one) => one.textContent?.trim() === name)
const press = async (name: string) => {
  await act(() => button(name)?.click())
  await settle()
}
const fieldOf = (label: string, row = 0) => {
  const named = all('input, select').filter(
    (one) =>
      one.getAttribute('aria-label') === label ||
      document.querySelector(`label[for="${one.id}"]`)?.textContent === label ||
      one.closest('label')?.querySelector('span')?.textContent === label,
  )[row]
  if (!(named instanceof HTMLInputElement || named instanceof HTMLSelectElement)) throw new Error(label)
  return named
}
const type = async (label: string, value: string, row = 0) => {
  const field = fieldOf(label, row)
  await act(() => {
    field.value = value
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
  })
  await settle()
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const waiting = (n: number, since: number, priority: Priority = 'normal') => {
  const story = new Story()
  story.conversation = startConversation(otherConversation(n), siteId, visitorId, since)
  story.visitor(since)
  if (priority !== 'normal') story.run({ type: 'prioritise', priority, by: sara }, since + 1)
  return story
}

const answering = (targets: readonly Target[], sent: unknown[] = []): Partial<Api> => ({
  get: async (path: string) =>
    success((path === '/targets' ? { targets } : { items: [], nextCursor: null }) as never),
  send: async (...asked: unknown[]) => {
    sent.push(asked)
    return success({} as never)
  },
})

async function openInbox(stories: readonly Story[], targets: readonly Target[] = []) {
  const rows = stories.map((story) => rowOf(story, { visitorName: `Guest ${stories.indexOf(story) + 1}` }))
  const totals = { visitors: 0, open: rows.length, waiting: rows.length }
  const now = Date.UTC(2026, 2, 21, 9)
  const stage = await openStage({ inbox: rows, totals, serverTime: now }, answering(targets))
  await stage.draw(
    <ProvideTargets>
      <InboxList opened={null} />
      <Alerts opened={null} />
    </ProvideTargets>,
  )
  await settle()
  const pass = async (ms: number) => {
    stage.clock.advance(ms)
    await act(() => void vi.advanceTimersByTime(1_000))
  }
  const changed = async (...fresh: Story[]) => {
    await act(() =>
      stage.link.announce('inbox:changed', { rows: fresh.map((one) => rowOf(one, { visitorName: 'Mina' })) }),
    )
    await settle()
  }
  return { ...stage, pass, changed }
}

const noon = Date.UTC(2026, 2, 21, 9)
const dues = () => all('.inbox-item .due').map((one) => one.textContent?.replace(/\s+/g, ' ').trim())
const names = () => all('.inbox-item-name').map((one) => one.textContent)

describe('the inbox', () => {
  it('K26 shows the time left in words, counts it down by itself, and says by how much it is late', async () => {
    const { pass } = await openInbox([waiting(1, noon)])
    expect(dues()).toEqual(['First answer 5 min left'])
    await pass(2 * minute)
    expect(dues()).toEqual(['First answer 3 min left'])
    expect(all('.due-fresh')).toHaveLength(1)
    await pass(2 * minute + 30_000)
    expect(dues()).toEqual(['First answer 30 sec left'])
    expect(all('.due-felt')).toHaveLength(1)
    await pass(3 * minute)
    expect(dues()).toEqual(['First answer late by 2 min'])
    expect(all('.due-over')).toHaveLength(1)
    expect(vi.getTimerCount()).toBe(1)
  })

  it('K26 shows what is due first: of an answered conversation its solution', async () => {
    const answered = waiting(1, noon - minute).agent(noon)
    await openInbox([waiting(2, noon), answered], [{ resolution: 120 * minute, firstResponse: 180 * minute }])
    expect(dues()).toEqual(['Solution 2 hr left', 'Solution 1 hr left'])
  })

  it('K27 can be put in the order of time at risk, which stays with this browser', async () => {
    const [long, pressing] = [waiting(1, noon - 3 * minute), waiting(2, noon - minute, 'urgent')]
    const targets: Target[] = [{ priority: 'urgent', firstResponse: 2 * minute }]
    const { keep } = await openInbox([long, pressing], targets)
    expect(names()).toEqual(['Guest 1', 'Guest 2'])
    await type(en.inboxOrder, 'risk')
    expect(names()).toEqual(['Guest 2', 'Guest 1'])
    expect(keep.read('ahlan.inbox.order')).toBe('risk')
    expect(all('.priority').map((one) => one.textContent)).toEqual(['Priority Urgent'])
  })
})

describe('an alert', () => {
  const overdue = (story: Story, since = noon) => {
    story.run({ type: 'overdue', aim: 'firstResponse', since, dueAt: since + 5 * minute }, since + 5 * minute)
    return story
  }
  const alerts = () => all('.toast-late > span').map((one) => one.textContent?.replace(/[\u2068\u2069]/g, ''))

  it('K28 comes when something has become late, not for what was late before, and goes once it is answered', async () => {
    const [old, fresh, third] = [overdue(waiting(1, noon)), waiting(2, noon), waiting(3, noon)]
    const { changed, pass } = await openInbox([old, fresh, third])
    await pass(5 * minute + 1)
    expect(alerts()).toEqual([])
    await changed(overdue(fresh))
    expect(alerts()).toEqual(['First answer is late: Mina'])
    await changed(overdue(third))
    expect(alerts()).toEqual(['2 conversations are late'])
    await changed(fresh.agent(noon + 6 * minute))
    expect(alerts()).toEqual(['First answer is late: Mina'])
    await act(() => all('.toast-late button')[0]?.click())
    expect(alerts()).toEqual([])
    await changed(third.note(noon + 7 * minute))
    expect(alerts()).toEqual([])
  })

  it('K28 is for who has it, for their team while they are not there, and for all where nobody has it', () => {
    const colleague = (status: 'online' | 'offline') => ({
      ...{ id: agentId(omid), name: 'Omid', role: 'agent' as const, status },
    })
    const team = { id: 'Sales', name: 'Sales', agents: [me.id, agentId(omid)] }
    const house = { sites: [], teams: [team] }
    const isMine = (assigneeId: typeof me.id | null, status: 'online' | 'offline', mine = me) =>
      concerns({ me: mine, colleagues: [colleague(status)] }, house, { assigneeId })
    expect([isMine(me.id, 'online'), isMine(null, 'online')]).toEqual([true, true])
    expect([isMine(agentId(omid), 'online'), isMine(agentId(omid), 'offline')]).toEqual([false, true])
    expect(isMine(null, 'online', { ...me, role: 'viewer' })).toBe(false)
    expect(concerns({ me, colleagues: [] }, { sites: [] }, { assigneeId: agentId(omid) })).toBe(false)
  })
})

it('M95 the priority is set beside the visitor, and what is due stands there with its time', async () => {
  const story = waiting(1, noon)
  const { draw, link } = await openStage({ serverTime: noon }, answering([]))
  await draw(
    <ProvideTargets>
      <DuePart conversation={story.conversation} />
    </ProvideTargets>,
  )
  await settle()
  expect(button(en.priorityNormal)?.getAttribute('aria-pressed')).toBe('true')
  await press(en.priorityHigh)
  const [asked] = link.waiting('conversation:prioritise')
  expect(asked?.input).toEqual({ conversationId: story.conversation.id, priority: 'high' })
  expect(all('.dues .due').map((one) => one.textContent)[0]).toMatch(/^First answer5 min leftby /)
})

describe('the targets of the house', () => {
  it('K29 are set in any unit and any digits, and stand there again', async () => {
    const sent: unknown[] = []
    const held: Target[] = [{ priority: 'urgent', firstResponse: 90_000, resolution: 2 * 86_400_000 }]
    const { draw } = await openStage({}, answering(held, sent))
    await draw(<TargetsCard />)
    await settle()
    expect(fieldOf('First answer within').value).toBe('90')
    expect(fieldOf('First answer: unit').value).toBe('second')
    expect([fieldOf('Solution within').value, fieldOf('Solution: unit').value]).toEqual(['2', 'day'])
    await press(en.addTarget)
    await type('Next answer within', '۱۰', 1)
    await press(en.save)
    expect(sent).toEqual([['PUT', '/targets', { targets: [...held, { response: 10 * minute }] }]])
    expect(document.body.textContent).toContain(en.saved)
  })

  it('K29 are not sent while one aims at nothing or is no time, and say why the server refused them', async () => {
    const sent: unknown[] = []
    const api = answering([{ response: minute }], sent)
    const refused = failure('invalid', 'Twice.', { path: 'targets.1', refusal: { is: 'twice' } })
    const { draw } = await openStage(
      {},
      {
        ...api,
        send: async (...asked) => {
          sent.push(asked)
          return refused
        },
      },
    )
    await draw(<TargetsCard />)
    await settle()
    await press(en.addTarget)
    await press(en.save)
    expect(document.body.textContent).toContain(en.targetAimless)
    await type('Next answer within', 'soon', 1)
    await press(en.save)
    expect(document.body.textContent).toContain(en.fieldFault)
    expect(sent).toEqual([])
    await type('Next answer within', '1', 1)
    await press(en.save)
    expect(sent).toHaveLength(1)
    expect(document.body.textContent).toContain(en.refusedTwice)
  })
})
