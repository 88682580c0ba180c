import type { AgentId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import type { ReportQuestion, TurnsWanted } from '../../../shared/metrics/asked.ts'
import type { LengthId } from '../../../shared/metrics/definitions.ts'
import { endOf } from '../../../shared/metrics/gone.ts'
import type { Question } from '../../../shared/metrics/question.ts'
import { type ResponseTimes, responseTimes } from '../../../shared/metrics/response-times.ts'
import { type StaffedHour, staffing } from '../../../shared/metrics/staffing.ts'
import { chosenTurns, inPieces, type TurnInPieces } from '../../../shared/metrics/turn-list.ts'
import type { Engine, LookUps } from '../engine.ts'
import type { Page } from '../history.ts'
import { allClocks, clockOf } from './clocks.ts'
import { aboutOf, narrowed } from './narrow.ts'
import { readOnline } from './online.ts'
import type { Facts } from './part.ts'
import { readFacts } from './read.ts'
import { type Part, pageOf } from './turn-pages.ts'

/** The reports, each made whole where the ledger lies: what goes back is as small as its answer. */
export interface Figures {
  /** Latest first. */
  turns(
    question: ReportQuestion,
    wanted: TurnsWanted,
    part: Part,
  ): Promise<Page<TurnInPieces> & { total: number }>
  responseTimes(question: ReportQuestion): Promise<ResponseTimes>
  staffing(question: ReportQuestion): Promise<{ hours: StaffedHour[] }>
}

export const figures = (engine: Engine): Figures => ({
  turns: (question, wanted, part) => turns(engine, question, { wanted, part }),
  responseTimes: (question) => responses(engine, question),
  staffing: async (question) => ({ hours: await staffed(engine, question) }),
})

const factsOf = async (queries: LookUps, { from, to, of }: ReportQuestion): Promise<Facts> =>
  narrowed(await readFacts(queries, { from, to }), of)

async function responses(queries: LookUps, question: ReportQuestion): Promise<ResponseTimes> {
  const facts = await factsOf(queries, question)
  const report = responseTimes(await questionOf(queries, question, facts))
  for (const turn of facts.turns) report.turn(turn)
  for (const episode of facts.episodes) report.episode(episode, aboutOf(episode))
  return report.answer()
}

async function questionOf(queries: LookUps, question: ReportQuestion, facts: Facts): Promise<Question> {
  const { from, to, now, timeZone, target, house } = question
  const teams = new Map<AgentId, string>()
  for (const team of [...(house.teams ?? [])].reverse())
    for (const agentId of team.agents) teams.set(agentId, team.id)
  return {
    ...{ from, to, now, timeZone, clock: await clockOf(queries, question, facts) },
    target: (id) => (withTarget.has(id) ? target : null),
    teamOf: (agentId) => teams.get(agentId) ?? null,
  }
}

const withTarget: ReadonlySet<LengthId> = new Set([
  ...(['firstResponse.customer', 'firstResponse.human', 'firstResponse.agent', 'response', 'wait'] as const),
])

async function turns(
  queries: LookUps,
  question: ReportQuestion,
  { wanted, part }: { wanted: TurnsWanted; part: Part },
): Promise<Page<TurnInPieces> & { total: number }> {
  const facts = await factsOf(queries, question)
  const clock = await clockOf(queries, question, facts)
  const chosen = chosenTurns(facts, wanted, { ...question, clock })
  const { items, nextCursor } = pageOf(chosen, part)
  const looking = {
    ...(await allClocks(queries, question, { turns: items, episodes: [] })),
    now: question.now,
  }
  return { items: items.map((turn) => inPieces(turn, looking)), nextCursor, total: chosen.length }
}

/** Whoever has waited longer when the period begins was given up, or is a matter of its own. */
const lookBack = 2 * day

async function staffed(queries: LookUps, question: ReportQuestion): Promise<StaffedHour[]> {
  const { from, to, of, now } = question
  const facts = await factsOf(queries, { ...question, from: from - lookBack })
  const waiting = facts.turns
    .filter(({ forPeople }) => forPeople)
    .map((turn) => {
      const end = endOf(turn, now)
      return { from: Math.max(turn.openedAt, turn.handedOffAt ?? 0), to: end.by === 'nothing' ? now : end.at }
    })
  const everybody = await readOnline(queries, { from, to }, now)
  const { agentIds } = of
  const online = agentIds ? everybody.filter(({ agentId }) => agentIds.includes(agentId)) : everybody
  return staffing(question, { waiting, online })
}
