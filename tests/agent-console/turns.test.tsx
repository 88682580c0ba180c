// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { describe, expect, it } from 'vitest'
import type { Query } from '../../agent-console/connection/api.ts'
import type { TurnsReport } from '../../agent-console/reports/answers.ts'
import { ProvideScope } from '../../agent-console/reports/report-scope.tsx'
import { Turns } from '../../agent-console/reports/turns.tsx'
import type { ReportView } from '../../agent-console/state/report-view.ts'
import { en } from '../../agent-console/ui/texts/en.ts'
import type { TurnInPieces } from '../../shared/metrics/turn-list.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { agentId, conversationId, sara, siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const query = { from: '2026-03-01', to: '2026-03-08', site: null }
const reader = { zone: 'UTC', calendar: 'gregorian' } as const
const total = 120

const minutes = (wall: number, business = wall, staffed = wall) => ({
  ...{ wall: wall * 60_000, business: business * 60_000, staffed: staffed * 60_000 },
})

/** Four minutes in the queue, two with Sara after closing time. */
const pieces: TurnInPieces['pieces'] = [
  { from: 1_000, to: 241_000, labels: ['queue'], ...minutes(4, 4, 0) },
  { from: 241_000, to: 361_000, labels: [`assigned:${agentId(sara)}`, 'outOfHours'], ...minutes(2, 0, 2) },
]

const turn = (openedSeq: number): TurnInPieces => ({
  ...{ conversationId, siteId, episode: 1, first: true, openedAt: 1_000, openedSeq, segments: [] },
  ...{ handedOffAt: null, forPeople: true, censored: true, pieces },
  ...{ response: minutes(6, 4, 2), whole: minutes(6, 4, 2) },
  end: { by: 'nothing' },
})

/** A server with so many turns, whose answers can be made to fail. */
function turnsOf() {
  const asked: Query[] = []
  const state = { failing: false }
  const answer = ({ cursor, limit }: Query): Result<TurnsReport> => {
    if (state.failing) return failure('unavailable', 'Later.')
    const from = Number(cursor ?? 0)
    const upTo = Math.min(total, from + Number(limit))
    const items = Array.from({ length: upTo - from }, (_, i) => turn(from + i + 1))
    return success({ items, nextCursor: upTo < total ? `${upTo}` : null, total })
  }
  const get = async (_path: string, query: Query = {}) => {
    asked.push(query)
    return answer(query) as never
  }
  return { get, asked, state }
}

async function openTurns(view: ReportView = {}) {
  const server = turnsOf()
  const { draw } = await openStage({}, { get: server.get })
  await draw(
    <ProvideScope value={{ view, query, reader }}>
      <Turns />
    </ProvideScope>,
  )
  const press = (name: string) =>
    act(() =>
      all('button')
        .find((one) => one.textContent === name)
        ?.click(),
    )
  return { ...server, press }
}

const shown = () => [
  all('.turn').length,
  all('[role=status]')
    .map((one) => one.textContent)
    .join(),
]

describe('behind the figures', () => {
  it('M11 are all waits, a page at a time, with how many there are', async () => {
    const { press } = await openTurns()
    await expect.poll(shown).toEqual([50, '50 of 120 waits'])
    await press(en.showOlder)
    await expect.poll(shown).toEqual([100, '100 of 120 waits'])
    await press(en.showOlder)
    await expect.poll(shown).toEqual([120, '120 of 120 waits'])
    expect(all('button')).toEqual([])
  })

  it('M11 keeps what is there when the rest cannot be fetched, and goes on from it', async () => {
    const { press, state, asked } = await openTurns()
    await expect.poll(shown).toEqual([50, '50 of 120 waits'])
    state.failing = true
    await press(en.showOlder)
    await expect.poll(() => document.body.textContent).toContain(en.couldNotLoad)
    expect(shown()[0]).toBe(50)
    state.failing = false
    await press(en.tryAgain)
    await expect.poll(shown).toEqual([100, '100 of 120 waits'])
    expect(asked.map(({ cursor }) => cursor)).toEqual([null, '50', '50'])
  })

  it('M80 open into their pieces on three clocks, and lead to their entry', async () => {
    await openTurns({ clock: 'business' })
    await expect.poll(() => all('.turn').length).toBe(50)
    expect(all('.turn-wait')[0]?.textContent).toBe('at least 4 min')
    await act(async () => {
      const [details] = all('.turn')
      details?.setAttribute('open', '')
      details?.dispatchEvent(new Event('toggle'))
    })
    const rows = all('.pieces tr').map((row) =>
      [...row.children].map(({ textContent }) => textContent?.trim()),
    )
    expect(rows.map((row) => row.slice(-3))).toEqual([
      [en.clockWall, en.clockBusiness, en.clockStaffed],
      ['4 min', '4 min', '0 sec'],
      ['2 min', '0 sec', '2 min'],
      ['6 min', '4 min', '2 min'],
    ])
    expect(rows[2]?.[0]).toContain(en.labelOutOfHours)
    expect(all('.turn a')[0]?.getAttribute('href')).toBe(`#/inbox/${conversationId}?entry=1`)
  })

  it('M81 say what they are narrowed to, and lead to all of them', async () => {
    const { asked } = await openTurns({
      part: 'turns',
      measure: 'response',
      bucket: '300000',
      clock: 'staffed',
    })
    await expect.poll(() => all('.narrowed').length).toBe(1)
    expect(all('.narrowed')[0]?.textContent).toContain('over 1 min · up to 5 min')
    expect(asked[0]).toMatchObject({ measure: 'response', bucket: '300000' })
    expect(all('.narrowed a')[0]?.getAttribute('href')).toBe('#/reports/turns?clock=staffed')
  })
})
