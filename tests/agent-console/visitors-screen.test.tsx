// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { en } from '../../agent-console/ui/texts/en.ts'
import { VisitorsScreen } from '../../agent-console/visitors/visitors-screen.tsx'
import type { NamedFrame } from '../../shared/protocol.ts'
import { success } from '../../shared/result.ts'
import { everybody, type RosterQuery } from '../../shared/roster-query.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { guest } from '../shared/crowd.ts'
import { conversationId } from '../shared/story.ts'
import { snapshotOf } from './support/desk.ts'
import { settle } from './support/fake-link.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const names = () => all('.visitors .person-name').map((one) => one.textContent)
const named = (n: number, more: Partial<LiveVisitor> = {}) => guest(n, { name: `Guest ${n}`, ...more })

const frameOf = (people: LiveVisitor[], more: Partial<NamedFrame> = {}): NamedFrame => ({
  ...{ window: 'w', total: people.length, from: 0, pages: [], visitors: people },
  order: people.map(({ visitId }) => visitId),
  ...more,
})

async function openScreen(
  people: LiveVisitor[],
  more: Partial<NamedFrame> = {},
  query: RosterQuery = everybody,
  answers: Parameters<typeof openStage>[1] = {},
) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const get = async () => success({ items: [], nextCursor: null } as never)
  const stage = await openStage(
    { totals: { visitors: people.length, open: 0, waiting: 0 } },
    { get, ...answers },
  )
  await stage.draw(<VisitorsScreen query={query} />)
  await act(async () => void (await vi.runOnlyPendingTimersAsync()))
  const asked = stage.link.waiting('roster:watch')[0]
  await act(async () => void (await asked?.answer({ ok: true, ...frameOf(people, more) })))
  vi.useRealTimers()
  const frame = (next: NamedFrame) =>
    act(() => stage.link.announce('roster:moved', { visitors: 9, upserts: [], gone: [], frame: next }))
  return { ...stage, asked, frame }
}

describe('V30 the screen of visitors', () => {
  it('asks for what the address says, and shows what comes', async () => {
    const query: RosterQuery = { ...everybody, device: 'phone' }
    const { asked } = await openScreen([named(2), named(1)], {}, query)
    expect(asked?.input).toMatchObject({ query, from: 0 })
    expect(all('table').map((one) => one.getAttribute('aria-label'))).toEqual([en.liveVisitors])
    expect(names()).toEqual(['Guest 2', 'Guest 1'])
  })

  it('tells how many rows there are, though few are there', async () => {
    await openScreen([named(2), named(1)], { total: 20_000, from: 40 })
    expect(all('table')[0]?.getAttribute('aria-rowcount')).toBe('20001')
    expect(all('tbody tr').map((row) => row.getAttribute('aria-rowindex'))).toEqual(['42', '43'])
  })

  it('follows who comes and goes', async () => {
    const { frame } = await openScreen([named(1)])
    await frame(frameOf([named(2), named(1)]))
    expect(names()).toEqual(['Guest 2', 'Guest 1'])
    await frame({ window: 'another', order: [] })
    expect(names()).toHaveLength(2)
  })

  it('keeps still while it is pointed at: arrivals are counted, and who left stays, dimmed', async () => {
    const { frame } = await openScreen([named(2), named(1)])
    await act(() => void all('.table-frame')[0]?.dispatchEvent(new Event('pointerenter')))
    await frame(frameOf([named(4), named(3), named(1)]))
    expect(names()).toEqual(['Guest 2', 'Guest 1'])
    await act(() => all('.gathered')[0]?.click())
    expect(names()).toEqual(['Guest 4', 'Guest 3', 'Guest 1'])
    await frame(frameOf([named(4), named(1)]))
    expect(all('tr.left').map((row) => row.querySelector('.person-name')?.textContent)).toEqual(['Guest 3'])
  })

  it('goes from name to name by the arrow keys', async () => {
    await openScreen([named(2), named(1)])
    const [first, second] = all('.visitors .person-name')
    first?.focus()
    first?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }))
    expect(document.activeElement).toBe(second)
  })

  it('V71 says what to do where nobody fits, and where nobody is', async () => {
    await openScreen([], {}, { ...everybody, tag: 'vip' })
    expect(all('.empty-title').map((one) => one.textContent)).toEqual([en.nobodyFitsTitle])
    await openScreen([])
    expect(all('.empty-title').map((one) => one.textContent)).toEqual([en.visitorsEmptyTitle])
    expect(document.body.textContent).toContain(en.ownEmpty)
  })

  it('leads into the chat of whoever has one, and offers one to the others', async () => {
    await openScreen([named(2, { conversationId }), named(1)])
    expect(all('.cell-action').map((one) => one.textContent)).toEqual([en.openChat, en.startChat])
  })

  it('opens a card about somebody, ready to speak to them, and says why nothing is kept', async () => {
    await openScreen([named(1, { utm: { campaign: 'spring' }, tags: ['vip'] })])
    await act(() => all('.cell-action button')[0]?.click())
    const card = all('aside')[0]
    expect(card?.querySelector('textarea')).toBe(document.activeElement)
    for (const text of ['Guest 1', 'spring', 'vip', en.nothingKept]) expect(card?.textContent).toContain(text)
  })

  it('V74 says that nobody sees an invitation yet where no page is open', async () => {
    const send = async () => success({ inviteId: 'i', reaches: 'nextPage' } as never)
    await openScreen([named(1)], {}, everybody, { send })
    await act(() => all('.cell-action button')[0]?.click())
    const box = document.querySelector<HTMLTextAreaElement>('.invite textarea')
    if (!box) throw new Error('There is nothing to write in.')
    box.value = 'Hello'
    await act(() => void box.dispatchEvent(new Event('input', { bubbles: true })))
    await act(async () => {
      box.form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
      await settle()
    })
    expect(document.querySelector('.invite-sent')?.textContent).toContain('No page of Guest 1 is open')
  })

  it('V73 adds a score up, also where its reasons are more than the list carries', async () => {
    const reasons = [9, 8, 7, 6, 5].map((left) => ({ name: `r${left}`, points: left, left, at: 0 }))
    await openScreen([
      named(1, { score: { points: 40, reasons } }),
      named(2, { score: { points: 9, reasons: reasons.slice(0, 1) } }),
    ])
    const told = all('td.cell-score').map((cell) => cell.title.split('\n'))
    expect(told.map((lines) => lines.length)).toEqual([6, 1])
    expect(told[0]?.at(-1)).toBe('Other reasons together: +5')
  })

  it('asks again after each greeting, and for nothing once it is left', async () => {
    const { link, draw } = await openScreen([named(1)])
    link.tell({ name: 'down' })
    link.tell({ name: 'up' })
    await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf() })
    expect(link.waiting('roster:watch')).toHaveLength(1)
    await draw(null)
    await settle()
    expect(link.waiting('roster:unwatch')).toHaveLength(1)
  })
})
