// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { describe, expect, it } from 'vitest'
import type { Query } from '../../agent-console/connection/api.ts'
import type { TurnsReport } from '../../agent-console/reports/answers.ts'
import { Turns } from '../../agent-console/reports/turns.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import type { Turn } from '../../shared/metrics/turns.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { conversationId, siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const query = { from: '2026-03-01', to: '2026-03-08', site: null }
const total = 120

const turn = (openedSeq: number): Turn => ({
  ...{ conversationId, siteId, episode: 1, first: true, openedAt: 1_000, openedSeq, segments: [] },
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
    const items = Array.from({ length: upTo - from }, (_, i) => turn(from + i))
    return success({ items, nextCursor: upTo < total ? `${upTo}` : null, total })
  }
  const get = async (_path: string, query: Query = {}) => {
    asked.push(query)
    return answer(query) as never
  }
  return { get, asked, state }
}

async function openTurns() {
  const server = turnsOf()
  const { draw } = await openStage({}, { get: server.get })
  await draw(<Turns query={query} />)
  await act(async () => {
    const [details] = all('details')
    details?.setAttribute('open', '')
    details?.dispatchEvent(new Event('toggle'))
  })
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
})
