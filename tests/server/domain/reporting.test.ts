import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { createReporting } from '../../../server/domain/reporting.ts'
import type { ReportHistory } from '../../../server/history/history.ts'
import { AgentId, ConversationId, SiteId } from '../../../shared/ids.ts'
import type { Turn } from '../../../shared/metrics/turns.ts'
import { emptyWorkspace } from '../../../shared/workspace.ts'
import { handClock } from '../../support/clock.ts'

const zeros = '0'.repeat(26)
const siteId = v.parse(SiteId, `s_${zeros}`)
const conversationId = v.parse(ConversationId, `c_${zeros}`)
const agentId = v.parse(AgentId, `a_${zeros}`)

const turn = (openedAt: string, wait: number | null, first = true): Turn => {
  const at = Date.parse(openedAt)
  return {
    ...{ conversationId, siteId, episode: 1, first, openedAt: at, openedSeq: 1, segments: [] },
    end: wait === null ? { by: 'nothing' } : { by: 'reply', at: at + wait, seq: 2, agentId },
  }
}

const period = { from: Date.parse('2026-03-18'), to: Date.parse('2026-03-21') }
const noRules = {
  ...{ exposures: { tallies: async () => [] }, rules: { byId: () => null } },
  ...{ followUps: { opened: async () => [] }, workspace: { read: emptyWorkspace } },
}
const reportingOn = (turns: Turn[]) => {
  const reports: ReportHistory = { turns: async () => turns, pack: async () => 0, episodes: async () => [] }
  return createReporting({ ...{ reports, clock: handClock() }, ...noRules })
}

describe('the response report', () => {
  it('M6 draws first responses a day, and leaves no hole where nobody wrote', async () => {
    const report = await reportingOn([
      turn('2026-03-18T09:00:00Z', 10_000),
      turn('2026-03-18T10:00:00Z', 30_000),
      turn('2026-03-18T11:00:00Z', 99_000, false),
      turn('2026-03-20T23:59:59Z', 20_000),
    ]).responseTimes(period)
    expect(report.series).toEqual([
      { day: '2026-03-18', n: 2, p50: 10_000, p90: 30_000 },
      { day: '2026-03-19', n: 0, p50: null, p90: null },
      { day: '2026-03-20', n: 1, p50: 20_000, p90: 20_000 },
    ])
    expect(report.measures.response.n).toBe(4)
  })

  it('M3 counts who still waits as at least so long', async () => {
    const report = await reportingOn([turn('2026-03-20T09:00:00Z', null)]).responseTimes(period)
    expect(report.measures.response).toMatchObject({ n: 1, censored: 1, max: 86_400_000, withinTarget: 0 })
  })

  it('says what it was asked for', async () => {
    const asked = await reportingOn([]).satisfaction({ ...period, siteId })
    expect(asked).toMatchObject({
      from: '2026-03-18T00:00:00.000Z',
      to: '2026-03-21T00:00:00.000Z',
      filters: { site: siteId, agent: null, segment: null },
    })
  })

  it('shows its arithmetic, latest first', async () => {
    const { items } = await reportingOn([
      turn('2026-03-18T09:00:00Z', 1),
      turn('2026-03-19T09:00:00Z', 2),
    ]).turns(period)
    expect(items.map(({ openedAt }) => new Date(openedAt).getUTCDate())).toEqual([19, 18])
  })

  it('M11 shows it a page at a time, each turn once, and says how many there are', async () => {
    const at = '2026-03-18T09:00:00Z'
    const turns = Array.from({ length: 5 }, (_, i) => ({ ...turn(at, 1), openedSeq: i + 1 }))
    const reporting = reportingOn(turns)
    const first = await reporting.turns(period, { limit: 2 })
    const second = await reporting.turns(period, { limit: 2, cursor: first.nextCursor ?? '' })
    const third = await reporting.turns(period, { limit: 2, cursor: second.nextCursor ?? '' })
    const seqs = [first, second, third].map(({ items }) => items.map(({ openedSeq }) => openedSeq))
    expect(seqs).toEqual([[5, 4], [3, 2], [1]])
    expect(third.nextCursor).toBeNull()
    expect([first.total, third.total]).toEqual([5, 5])
    expect((await reporting.turns(period, { limit: 2, cursor: 'nowhere' })).items).toEqual([])
    expect((await reporting.turns(period)).items).toHaveLength(5)
  })

  it('M11 goes on from a turn that is not there any more', async () => {
    const turns = [3, 2, 1].map((day) => turn(`2026-03-${17 + day}T09:00:00Z`, 1))
    const { nextCursor } = await reportingOn(turns).turns(period, { limit: 1 })
    const rest = await reportingOn(turns.slice(1)).turns(period, { limit: 9, cursor: nextCursor ?? '' })
    expect(rest.items).toEqual(turns.slice(1))
  })
})
