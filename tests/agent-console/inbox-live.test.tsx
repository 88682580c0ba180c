// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { Alerts } from '../../agent-console/alerts/alerts.tsx'
import type { Api } from '../../agent-console/connection/api.ts'
import { ProvideTargets } from '../../agent-console/due/target-house.tsx'
import { InboxList } from '../../agent-console/inbox/inbox-list.tsx'
import { watchSleep } from '../../agent-console/state/sleep.ts'
import type { Priority } from '../../shared/aims.ts'
import { startConversation } from '../../shared/conversation/conversation.ts'
import type { Calendar, Team } from '../../shared/house.ts'
import { failure, success } from '../../shared/result.ts'
import type { Target } from '../../shared/targets.ts'
import { minute, omid, Story, sara, siteId, visitorId } from '../shared/story.ts'
import { handClock } from '../support/clock.ts'
import { me, otherConversation, rowOf } from './support/desk.ts'
import { openStage } from './support/stage.tsx'

const noon = Date.UTC(2026, 2, 21, 9)
const settle = async () => {
  for (let turn = 0; turn < 8; turn++) await act(async () => undefined)
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const seenRows = new Set<Element>()
let look: IntersectionObserverCallback = () => undefined
class HandObserver {
  constructor(callback: IntersectionObserverCallback) {
    look = callback
  }
  observe = (element: Element) => void seenRows.add(element)
  unobserve = (element: Element) => void seenRows.delete(element)
}
vi.stubGlobal('IntersectionObserver', HandObserver)
/** Tells the rows whether they are on the screen; before it does, the browser has not looked. */
const tellSight = async (seen: (text: string) => boolean) => {
  const changes = [...seenRows].map((target) => ({ target, isIntersecting: seen(target.textContent ?? '') }))
  await act(() => Reflect.apply(look, null, [changes]))
  await settle()
}

const waiting = (n: number, since = noon, priority: Priority = 'normal') => {
  const story = new Story()
  story.conversation = startConversation(otherConversation(n), siteId, visitorId, since)
  story.visitor(since)
  if (priority !== 'normal') story.run({ type: 'prioritise', priority, by: sara }, since + 1)
  return story
}

/** What the settings say, which a test changes. */
interface House {
  targets: Target[]
  teams: Team[]
  calendars: Calendar[]
}

interface Beginning {
  stories: readonly Story[]
  house?: Partial<House>
  serverTime?: number
  open?: number
}

async function openInbox({ stories, house: set = {}, serverTime = noon, open = stories.length }: Beginning) {
  const house: House = { targets: [], teams: [], calendars: [], ...set }
  const asked: { path: string; query: unknown }[] = []
  const broken = { is: false }
  const get: Api['get'] = async (path, query) => {
    asked.push({ path, query })
    if (broken.is) return failure('unavailable', 'Away.')
    const items = path === '/teams' ? house.teams : path === '/calendars' ? house.calendars : []
    const sites = [{ id: siteId, calendar: house.calendars[0]?.name }]
    const answer =
      path === '/targets' ? { targets: house.targets } : { items: path === '/sites' ? sites : items }
    return success({ nextCursor: null, ...answer } as never)
  }
  const rows = stories.map((story, n) => rowOf(story, { visitorName: `Guest ${n + 1}` }))
  const totals = { visitors: 0, open, waiting: open }
  const stage = await openStage({ inbox: rows, totals, serverTime }, { get })
  await stage.draw(
    <ProvideTargets>
      <InboxList opened={null} />
      <Alerts opened={null} />
    </ProvideTargets>,
  )
  await settle()
  const pass = async (ms: number) => {
    await act(() => stage.clock.advance(ms))
    await act(() => void vi.advanceTimersByTime(1_000))
    await settle()
  }
  const settings = async (change: Partial<House>) => {
    Object.assign(house, change)
    await act(() => stage.link.announce('workspace:changed', {}))
    await settle()
  }
  const hear = async (story: Story, n: number) => {
    const rows = [rowOf(story, { visitorName: `Guest ${n}` })]
    await act(() => stage.link.announce('inbox:changed', { rows }))
    await settle()
  }
  return { ...stage, pass, settings, hear, asked, broken }
}

const dues = () =>
  [...document.querySelectorAll('.inbox-item .due')].map((one) =>
    one.textContent?.replace(/\s+/g, ' ').trim(),
  )
const toasts = () => document.querySelectorAll('.toast-late').length

describe('time left', () => {
  it.each([10, -10])('K37 is by the server’s clock where this device’s is %i minutes off', async (off) => {
    const server = noon + off * minute
    const { pass } = await openInbox({ stories: [waiting(1, server - minute)], serverTime: server })
    expect(dues()).toEqual(['First answer 4 min left'])
    await pass(3 * minute)
    expect(dues()).toEqual(['First answer 1 min left'])
  })

  it('K37 the server is asked anew when this device’s clock was put forward or back, or it slept', () => {
    const clock = handClock()
    let off = 0
    let woken = 0
    const wake = () => {
      woken++
    }
    onTestFinished(watchSleep({ now: () => clock.now() + off, after: clock.after }, wake))
    clock.advance(minute)
    expect(woken).toBe(0)
    for (const jump of [10 * minute, -10 * minute, 0]) {
      off = jump
      clock.advance(4_000)
    }
    expect(woken).toBe(3)
  })

  it('K38 goes on for what is on the screen alone, and is right as soon as it is there', async () => {
    const { pass } = await openInbox({ stories: [1, 2, 3].map((n) => waiting(n)) })
    await tellSight((text) => text.includes('Guest 1'))
    expect(vi.getTimerCount()).toBe(1)
    await pass(2 * minute)
    expect(dues()).toEqual(['First answer 3 min left', 'First answer 5 min left', 'First answer 5 min left'])
    await tellSight((text) => text.includes('Guest 3'))
    expect(dues()).toEqual(['First answer 3 min left', 'First answer 5 min left', 'First answer 3 min left'])
    expect(vi.getTimerCount()).toBe(1)
  })
})

describe('what decides changes while it is on the screen', () => {
  it('K39 the priority', async () => {
    const targets: Target[] = [{ priority: 'urgent', firstResponse: minute }]
    const { hear } = await openInbox({ stories: [waiting(1), waiting(2)], house: { targets } })
    expect(dues()).toEqual(['First answer 5 min left', 'First answer 5 min left'])
    await hear(waiting(2, noon, 'urgent'), 2)
    expect(dues()).toEqual(['First answer 5 min left', 'First answer 1 min left'])
  })

  it('K39 the team, a holiday, and that there are no targets any more', async () => {
    const team = (...agents: Team['agents']): Team[] => [{ id: 'Sales', name: 'Sales', agents }]
    const targets: Target[] = [{ team: 'Sales', firstResponse: 20 * minute }, { firstResponse: 40 * minute }]
    const office: Calendar = {
      ...{ id: 'Office', name: 'Office' },
      timeZone: 'UTC',
      weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '09:30' }],
    }
    const { settings, pass } = await openInbox({
      stories: [waiting(1).assign(noon, sara)],
      house: { targets, calendars: [office] },
    })
    expect(dues()).toEqual(['First answer 40 min left'])
    await settings({ teams: team(me.id) })
    expect(dues()).toEqual(['First answer 20 min left'])
    await settings({
      calendars: [{ ...office, holidays: [{ on: 'date', name: 'Nowruz', date: '2026-03-21' }] }],
    })
    await pass(10 * minute)
    expect(dues()).toEqual(['First answer 20 min left'])
    await settings({ calendars: [office] })
    expect(dues()).toEqual(['First answer 10 min left'])
    await settings({ targets: [], teams: [], calendars: [] })
    expect(dues()).toEqual(['First answer late by 5 min'])
  })

  it('K39 a notice of what is not late any more by that goes', async () => {
    const { hear, pass, settings } = await openInbox({
      stories: [waiting(1)],
      house: { targets: [{ firstResponse: minute }] },
    })
    await pass(2 * minute)
    const late = waiting(1)
    late.run({ type: 'overdue', aim: 'firstResponse', since: noon, dueAt: noon + minute }, noon + minute + 1)
    await hear(late, 1)
    expect(toasts()).toBe(1)
    await settings({ targets: [{ firstResponse: 60 * minute }] })
    expect(toasts()).toBe(0)
  })

  it('K39 in the order of time at risk those beyond the list are asked for again; other changes ask nothing', async () => {
    const { keep, asked, settings } = await openInbox({ stories: [waiting(1), waiting(2)], open: 900 })
    await act(() => {
      const order = document.querySelector('select')
      if (order) order.value = 'risk'
      order?.dispatchEvent(new Event('change', { bubbles: true }))
    })
    await settle()
    const listed = () => asked.filter(({ path }) => path === '/conversations').length
    const before = listed()
    await settings({})
    expect([keep.read('ahlan.inbox.order'), listed()]).toEqual(['risk', before])
    await settings({ targets: [{ firstResponse: minute }] })
    expect(listed()).toBe(before + 1)
  })

  it('K39 what could not be read of the settings is asked for again', async () => {
    const { broken, settings, pass } = await openInbox({ stories: [waiting(1).assign(noon, omid)] })
    broken.is = true
    await settings({ targets: [{ firstResponse: 30 * minute }] })
    expect(dues()).toEqual(['First answer 5 min left'])
    broken.is = false
    await pass(minute)
    expect(dues()).toEqual(['First answer 29 min left'])
  })
})
