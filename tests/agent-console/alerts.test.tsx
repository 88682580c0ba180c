// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { Alerts } from '../../agent-console/alerts/alerts.tsx'
import { AlertsPart } from '../../agent-console/alerts/alerts-part.tsx'
import { Told } from '../../agent-console/alerts/told.ts'
import { ProvideTargets } from '../../agent-console/due/target-house.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { startConversation } from '../../shared/conversation/conversation.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { InboxRow } from '../../shared/inbox.ts'
import { success } from '../../shared/result.ts'
import { agentId, minute, omid, Story, siteId, visitorId } from '../shared/story.ts'
import { me, otherConversation, rowOf, snapshotOf } from './support/desk.ts'
import { openStage } from './support/stage.tsx'

const noon = Date.UTC(2026, 2, 21, 9)
const moment = 6_000
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await act(async () => undefined)
}

beforeEach(() => {
  location.hash = ''
})

const waiting = (n: number, since = noon - 5 * minute) => {
  const story = new Story()
  story.conversation = startConversation(otherConversation(n), siteId, visitorId, since)
  return story.visitor(since)
}
const late = (story: Story, at = noon + minute) => {
  const since = story.conversation.waitingSince ?? 0
  story.run({ type: 'overdue', aim: 'firstResponse', since, dueAt: at }, at)
  return story
}
const named = (n: number, unread = 0) => ({ visitorName: `Guest ${n}`, unread })

interface Beginning {
  rows?: readonly InboxRow[]
  opened?: ConversationId | null
}

async function openTab({ rows = [], opened = null }: Beginning = {}) {
  const there = { inbox: [...rows], totals: { visitors: 0, open: rows.length, waiting: 0 }, serverTime: noon }
  const stage = await openStage(there, {
    get: async (path: string) =>
      success((path === '/targets' ? { targets: [] } : { items: [], nextCursor: null }) as never),
  })
  const open = async (id: ConversationId | null) => {
    await stage.draw(
      <ProvideTargets>
        <Alerts opened={id} />
      </ProvideTargets>,
    )
    await settle()
  }
  await open(opened)
  const pass = async (ms = moment) => {
    await act(() => stage.clock.advance(ms))
    await settle()
  }
  const hear = async (...fresh: InboxRow[]) => {
    await act(() => stage.link.announce('inbox:changed', { rows: fresh }))
    await settle()
  }
  const back = async (fresh: readonly InboxRow[]) => {
    await act(() => stage.link.tell({ name: 'down' }))
    await act(() => stage.link.tell({ name: 'up' }))
    const greeting = { ...there, inbox: [...fresh], serverTime: stage.clock.now() }
    await act(() => stage.link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf(greeting) }))
    await settle()
  }
  return { ...stage, open, pass, hear, back }
}

const announced = () =>
  [...document.querySelectorAll('[role=alert] p')].map((one) =>
    one.textContent?.replace(/[\u2068\u2069]/g, ''),
  )
const toasts = () => [...document.querySelectorAll('.toast-late > span')].map((one) => one.textContent)

describe('what becomes late', () => {
  it('K33 sounds, stands in the title and is read out, once for all of one moment', async () => {
    const stories = [1, 2, 3].map((n) => waiting(n))
    const tab = await openTab({ rows: stories.map((one, n) => rowOf(one, named(n))) })
    await tab.hear(rowOf(late(waiting(1)), named(1)))
    await tab.pass(300)
    await tab.hear(rowOf(late(waiting(2)), named(2)), rowOf(late(waiting(3)), named(3)))
    await tab.pass()
    expect(tab.alarm.sounds).toEqual(['late'])
    expect(tab.alarm.shown).toEqual([])
    expect(announced()).toEqual(['3 conversations are late'])
    expect(document.title).toBe('(3) Ahlan')
    await tab.hear(rowOf(late(waiting(1)).agent(noon + 2 * minute), named(1)))
    await tab.pass()
    expect([announced(), tab.alarm.sounds]).toEqual([['3 conversations are late'], ['late']])
    expect(document.title).toBe('(2) Ahlan')
  })

  it('K33 shows itself outside of the page while it is out of sight; a click opens the conversation', async () => {
    const tab = await openTab({ rows: [rowOf(waiting(1), named(1))] })
    tab.keep.write('ahlan.alerts.desktop', 'on')
    tab.alarm.hide()
    await tab.hear(rowOf(late(waiting(1)), named(1)))
    await tab.pass()
    expect(tab.alarm.shown).toEqual([
      { title: 'First answer is late: \u2068Guest 1\u2069', body: '', lang: 'en', dir: 'ltr' },
    ])
    tab.alarm.click()
    expect(location.hash).toBe(`#/inbox/${otherConversation(1)}`)
  })

  it('K34 is told once, whatever breaks and comes back', async () => {
    const rows = [rowOf(waiting(1), named(1))]
    const tab = await openTab({ rows })
    const broken = [rowOf(late(waiting(1)), named(1))]
    await tab.hear(...broken)
    await tab.pass()
    await tab.back([])
    await tab.back(broken)
    await tab.pass()
    expect(tab.alarm.sounds).toEqual(['late'])
    expect(announced()).toHaveLength(1)
  })

  it('K36 is told on return when it broke while there was no connection', async () => {
    const tab = await openTab({ rows: [rowOf(waiting(1), named(1))] })
    await act(() => tab.clock.advance(30 * minute))
    const [broken, gone] = [
      late(waiting(1), noon + 4 * minute),
      late(waiting(2, noon + minute), noon + 6 * minute),
    ]
    await tab.back([rowOf(broken, named(1)), rowOf(gone, named(2))])
    await tab.pass()
    expect([tab.alarm.sounds, toasts()]).toEqual([['late'], ['2 conversations are late']])
  })

  it('K36 is no news where it was late before the page was opened, though its row comes later', async () => {
    const tab = await openTab()
    await tab.hear(rowOf(late(waiting(1, noon - 20 * minute), noon - 15 * minute), named(1)))
    const noted = late(waiting(2, noon - 20 * minute), noon - 15 * minute).note(noon + minute)
    await tab.hear(rowOf(noted, named(2)))
    await tab.pass()
    expect([tab.alarm.sounds, toasts()]).toEqual([[], []])
  })
})

describe('a message', () => {
  it('K33 alerts whom it concerns, with their name and without their words', async () => {
    const own = waiting(1).agent(noon - 1)
    const foreign = waiting(2).assign(noon - 1, omid)
    const omidIsThere = { id: agentId(omid), name: 'Omid', role: 'agent' as const, status: 'online' as const }
    const tab = await openTab({ rows: [rowOf(own, named(1)), rowOf(foreign, named(2))] })
    await act(() => tab.link.announce('colleagues:changed', { colleagues: [omidIsThere] }))
    tab.keep.write('ahlan.alerts.desktop', 'on')
    tab.alarm.hide()
    await tab.hear(
      rowOf(own.visitor(noon + 1, 'My card number is'), named(1, 1)),
      rowOf(foreign.visitor(noon + 1), named(2, 2)),
    )
    await tab.pass()
    expect(tab.alarm.sounds).toEqual(['message'])
    expect(tab.alarm.shown.map(({ title, body }) => title + body)).toEqual([
      'New message: \u2068Guest 1\u2069',
    ])
    expect(document.title).toBe('(1) Ahlan')
    await act(() => tab.alarm.see())
    expect(document.title).toBe('Ahlan')
  })

  it('K33 makes no sound where it is on the screen, or was read already', async () => {
    const tab = await openTab({ opened: otherConversation(1) })
    await tab.hear(rowOf(waiting(1, noon + 1), named(1, 1)), rowOf(waiting(2, noon + 1), named(2, 0)))
    await tab.pass()
    expect(tab.alarm.sounds).toEqual([])
    tab.alarm.hide()
    await tab.hear(rowOf(waiting(1, noon + 1).visitor(noon + 2), named(1, 2)))
    await tab.pass()
    expect(tab.alarm.sounds).toEqual(['message'])
  })
})

describe('K42 what somebody has looked at', () => {
  const read = (n: number) => rowOf(waiting(n, noon + 1), named(n, 0))
  const written = (n: number) => rowOf(waiting(n, noon + 1), named(n, 1))

  it('does not ring when its turn comes, wherever it was read, and however it was done', async () => {
    const tab = await openTab({ rows: [rowOf(waiting(3), named(3))] })
    await tab.hear(written(1))
    await tab.pass(1_000)
    await tab.hear(written(2), rowOf(late(waiting(3)), named(3)))
    await tab.pass(1_000)
    await tab.hear(read(2), rowOf(late(waiting(3)).agent(noon + 2 * minute), named(3)))
    await tab.pass()
    expect([tab.alarm.sounds, announced()]).toEqual([['message'], ['New message: Guest 1']])
  })

  it('rings in no other tab either, where it was on the screen of one in sight', async () => {
    const tab = await openTab({ opened: otherConversation(1) })
    await tab.hear(written(1), written(2))
    const told = new Told(tab.keep, me.id)
    const keys = [1, 2].map((n) => `${otherConversation(n)} message ${noon + 1}`)
    expect([...told.take(keys)]).toEqual(keys.slice(1))
  })

  it('does not ring where it came onto the screen while it waited', async () => {
    const tab = await openTab()
    await tab.hear(written(1))
    await tab.open(otherConversation(1))
    await tab.pass()
    expect(tab.alarm.sounds).toEqual([])
  })
})

describe('how one wishes to be alerted', () => {
  const flip = async (name: string) => {
    await act(() => document.querySelector<HTMLElement>(`[aria-label="${name}"]`)?.click())
    await settle()
  }
  const isOn = (name: string) =>
    document.querySelector(`[aria-label="${name}"]`)?.getAttribute('aria-checked') === 'true'

  it('K35 is kept in this browser, asks for leave, and says when it is refused', async () => {
    const { draw, alarm, keep } = await openStage()
    await draw(<AlertsPart />)
    expect([isOn(en.alertSound), isOn(en.alertDesktop)]).toEqual([true, false])
    await flip(en.alertDesktop)
    await flip(en.alertSound)
    expect([isOn(en.alertSound), isOn(en.alertDesktop)]).toEqual([false, true])
    expect(keep.read('ahlan.alerts.sound')).toBe('off')
    await flip(en.alertDesktop)
    alarm.allows = 'denied'
    await flip(en.alertDesktop)
    expect(isOn(en.alertDesktop)).toBe(false)
    expect(document.body.textContent).toContain(en.alertDesktopRefused)
  })

  it('K35 holds for whatever comes; who is offline is not called, and sees it all the same', async () => {
    const tab = await openTab({ rows: [1, 2].map((n) => rowOf(waiting(n), named(n))) })
    tab.keep.write('ahlan.alerts.sound', 'off')
    await tab.hear(rowOf(late(waiting(1)), named(1)))
    await tab.pass()
    tab.keep.write('ahlan.alerts.sound', 'on')
    await act(() => tab.desk.setStatus('offline'))
    await tab.hear(rowOf(late(waiting(2)), named(2)))
    await tab.pass()
    expect([tab.alarm.sounds, toasts()]).toEqual([[], ['2 conversations are late']])
  })
})
