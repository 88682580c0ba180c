import { describe, expect, it } from 'vitest'
import type { AskKind, Rating } from '../../../shared/conversation/entry.ts'
import type { OtherAsk } from '../../../shared/metrics/asks.ts'
import type { RatedEpisode } from '../../../shared/metrics/turns.ts'
import { reported } from '../../support/satisfaction.ts'
import { agentId, conversationId, hour, minute, sara, siteId } from '../story.ts'

const episode = (more: Partial<RatedEpisode> = {}): RatedEpisode => ({
  ...{ conversationId, siteId, episode: 1, startedAt: 0, closedAt: 1, agentId: agentId(sara) },
  ...{ survey: { state: 'neverDue' }, asks: { csat: { state: 'neverDue' } }, firstResponse: null },
  ...more,
})
const other = (kind: AskKind, ask: OtherAsk): RatedEpisode =>
  episode({ asks: { csat: { state: 'neverDue' }, others: { [kind]: ask } } })
const answered = (kind: AskKind, ...answers: number[]): RatedEpisode[] =>
  answers.map((answer) => other(kind, { state: 'answered', score: answer, at: 2 }))
const rated = (rating: Rating, more: Partial<RatedEpisode> = {}): RatedEpisode =>
  episode({ survey: { state: 'answered', rating, comment: '', at: 2 }, ...more })

describe('what was asked', () => {
  it('R10 counts as shown when it was on the screen, and as skipped without a value', () => {
    const { ces } = reported([
      ...answered('ces', 7, 2),
      other('ces', { state: 'skipped' }),
      other('ces', { state: 'shown' }),
      other('ces', { state: 'due' }),
      episode(),
    ])
    expect(ces).toMatchObject({ episodes: 6, shown: 4, skipped: 1, answered: 2, responseRate: 0.5 })
    expect(ces.coverage).toBeCloseTo(4 / 6)
    expect(ces).toMatchObject({ score: 0.5, mean: 4.5, distribution: { '2': 1, '7': 1, '1': 0 } })
    // Wilson, 1 of 2.
    expect(ces.low).toBeCloseTo(0.0945, 3)
    expect(ces.high).toBeCloseTo(0.9055, 3)
  })

  it('R10 tells promoters less detractors, each with its own interval', () => {
    const { nps } = reported(answered('nps', 10, 9, 9, 8, 7, 6, 0, 10, 9, 3))
    expect(nps.score).toBeCloseTo(0.5 - 0.3)
    expect(nps.promoters.score).toBeCloseTo(0.5)
    expect(nps.detractors.score).toBeCloseTo(0.3)
    expect(nps.detractors.low).toBeCloseTo(0.1078, 3)
    expect(nps).toMatchObject({ answered: 10, distribution: { '9': 3, '10': 2 } })
  })

  it('R10 names whether the goal was reached in words', () => {
    const { goal, emotion } = reported([...answered('goal', 3, 3, 2, 1), ...answered('emotion', 5, 4, 1)])
    expect(goal).toMatchObject({ score: 0.5, mean: 2.25, distribution: { no: 1, partly: 1, yes: 2 } })
    expect(emotion.score).toBeCloseTo(2 / 3)
  })

  it('R10 says nothing of what nobody was asked', () => {
    const { nps, goal } = reported([episode()])
    expect(nps).toMatchObject({ answered: 0, score: null, mean: null, responseRate: null, coverage: 0 })
    expect(goal).toMatchObject({ score: null, low: null, high: null })
  })

  it('R8 R10 counts what was closed without asking', () => {
    const unasked = episode({ asks: { csat: { state: 'neverDue' }, unasked: true } })
    expect(reported([unasked, rated(5)]).csat).toMatchObject({ unasked: 1, coverage: 0.5 })
  })
})

describe('ratings apart', () => {
  it('R11 are told by how long the first answer took', () => {
    const { byFirstResponse } = reported([
      rated(5, { firstResponse: minute }),
      rated(4, { firstResponse: 2 * minute }),
      rated(1, { firstResponse: 4 * minute }),
      rated(2, { firstResponse: 30 * hour }),
      rated(3),
    ])
    expect(byFirstResponse.map(({ upTo, n, score }) => [upTo, n, score])).toEqual([
      [minute, 1, 1],
      [5 * minute, 2, 0.5],
      [hour, 0, null],
      [24 * hour, 0, null],
      [null, 1, 0],
    ])
  })

  it('R5 R11 are told by the team that was credited', () => {
    const by = (team: string | null) => ({
      asks: { csat: { state: 'neverDue' as const }, credited: { agentId: null, team } },
    })
    const { byTeam } = reported([rated(5, by('sales')), rated(1, by('sales')), rated(4, by(null))])
    expect(byTeam).toMatchObject([
      { key: 'sales', n: 2, score: 0.5 },
      { key: null, n: 1, score: 1 },
    ])
  })
})
