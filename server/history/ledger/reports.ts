import type { AgentId } from '../../../shared/ids.ts'
import { type Agents, agents } from '../../../shared/metrics/agents.ts'
import type { ReportQuestion, TurnsWanted } from '../../../shared/metrics/asked.ts'
import type { LengthId } from '../../../shared/metrics/definitions.ts'
import { abandonedAt, endOf } from '../../../shared/metrics/gone.ts'
import type { Episode } from '../../../shared/metrics/ledger.ts'
import { type Overview, overview } from '../../../shared/metrics/overview.ts'
import type { Question } from '../../../shared/metrics/question.ts'
import { type ResponseTimes, responseTimes } from '../../../shared/metrics/response-times.ts'
import { type Said, satisfaction, whatWasSaid } from '../../../shared/metrics/satisfaction.ts'
import { type StaffedHour, staffing, waitingLookBack } from '../../../shared/metrics/staffing.ts'
import { turnChoice, turnInPieces } from '../../../shared/metrics/turn-list.ts'
import { type RatedEpisode, ratedOf } from '../../../shared/metrics/turns.ts'
import { type Volume, volume } from '../../../shared/metrics/volume.ts'
import type { Engine, LookUps } from '../engine.ts'
import type { Figures, Part, SiteReply, TurnsPage } from '../figures.ts'
import { cases } from './cases.ts'
import { allClocks, clockOf } from './clocks.ts'
import { aboutOf } from './narrow.ts'
import { readOnline } from './online.ts'
import { eachFact, type Span } from './read.ts'
import { type StoredTurn, turnShape } from './shapes.ts'
import { kept, plain } from './sheet-reader.ts'
import { pageOf } from './turn-pages.ts'

export const figures = (engine: Engine): Figures => ({
  responseTimes: (question) => responses(engine, question),
  satisfaction: (question) => satisfied(engine, question),
  volume: (question) => volumes(engine, question),
  agents: (question) => byAgent(engine, question),
  overview: (question) => headlines(engine, question),
  turns: (question, wanted, part) => turns(engine, question, { wanted, part }),
  cases: async (question, wanted, part) =>
    cases(engine, question, { wanted, part, asking: await questionOf(engine, question) }),
  firstReplies: (asked) => firstReplies(engine, asked),
  staffing: async (question) => ({ hours: await staffed(engine, question) }),
})

async function responses(queries: LookUps, question: ReportQuestion): Promise<ResponseTimes> {
  const report = responseTimes(await questionOf(queries, question))
  await eachFact(queries, question, {
    turn: (turn) => report.turn(turn),
    episode: (episode) => report.episode(episode, aboutOf(episode)),
  })
  return report.answer()
}

async function satisfied(queries: LookUps, question: ReportQuestion): Promise<Said> {
  const ratings = ratingsIn(question)
  const { agentIds: _, ...of } = question.of
  await eachFact(queries, { ...question, of }, { episode: ratings.take })
  return whatWasSaid(ratings.all)
}

/** Of the episodes closed within the period; an agent’s are those they are credited with. */
function ratingsIn({ from, to, of: { agentIds } }: ReportQuestion) {
  const all: RatedEpisode[] = []
  return {
    all,
    take(episode: Episode): void {
      if (episode.closedAt === null || episode.closedAt < from || episode.closedAt >= to) return
      const one = ratedOf(episode)
      if (one && (!agentIds || (one.agentId && agentIds.includes(one.agentId)))) all.push(one)
    },
  }
}

async function volumes(queries: LookUps, question: ReportQuestion): Promise<Volume> {
  const report = volume(await questionOf(queries, question))
  await eachFact(queries, question, { episode: (episode) => report.episode(episode, aboutOf(episode)) })
  return report.answer()
}

/** Of whom is asked for, and not of colleagues with whom they shared a conversation. */
async function byAgent(queries: LookUps, question: ReportQuestion): Promise<Agents> {
  const report = agents(await questionOf(queries, question))
  await eachFact(queries, question, {
    turn: (turn) => report.turn(turn),
    episode: (episode) => report.episode(episode),
  })
  const { agentIds } = question.of
  const answer = report.answer()
  return agentIds ? { agents: answer.agents.filter(({ agentId }) => agentIds.includes(agentId)) } : answer
}

/** All in one walk through the ledger. */
async function headlines(queries: LookUps, question: ReportQuestion): Promise<Overview> {
  const asked = await questionOf(queries, question)
  const [waits, amounts, ratings] = [responseTimes(asked), volume(asked), ratingsIn(question)]
  await eachFact(queries, question, {
    turn: (turn) => waits.turn(turn),
    episode(episode) {
      waits.episode(episode, aboutOf(episode))
      amounts.episode(episode, aboutOf(episode))
      ratings.take(episode)
    },
  })
  return overview({
    responseTimes: waits.answer(),
    volume: amounts.answer(),
    csat: satisfaction(ratings.all),
  })
}

async function questionOf(queries: LookUps, question: ReportQuestion): Promise<Question> {
  const { from, to, now, timeZone, target, house } = question
  const teams = new Map<AgentId, string>()
  for (const team of [...(house.teams ?? [])].reverse())
    for (const agentId of team.agents) teams.set(agentId, team.id)
  return {
    ...{ from, to, now, timeZone, clock: await clockOf(queries, question) },
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
): Promise<TurnsPage> {
  const choice = turnChoice(wanted, { ...question, clock: await clockOf(queries, question) })
  if (choice.needsEpisodes)
    await eachFact(queries, question, { episode: (episode) => choice.episode(episode) })
  const chosen: StoredTurn[] = []
  await eachFact(queries, question, {
    turn: (turn) => {
      if (choice.has(turn)) chosen.push(kept(turn, turnShape))
    },
  })
  const { items, nextCursor } = pageOf(chosen, part)
  const looked = items.map((turn) => plain(turn, turnShape))
  const from = Math.min(question.now, ...looked.map(({ openedAt }) => openedAt))
  const looking = { ...(await allClocks(queries, question, from)), now: question.now }
  return { items: looked.map((turn) => turnInPieces(turn, looking)), nextCursor, total: chosen.length }
}

async function firstReplies(queries: LookUps, { from, to, now }: Asked): Promise<SiteReply[]> {
  const replies: SiteReply[] = []
  await eachFact(
    queries,
    { from, to, of: {} },
    {
      episode(episode) {
        const { siteId, firstMessageAt, firstReplyAt, closedAt, forPeople } = episode
        if (!forPeople || firstMessageAt === null || firstMessageAt < from || firstMessageAt >= to) return
        const isGivenUp = closedAt !== null || abandonedAt(episode, now) !== null
        if (firstReplyAt === null && isGivenUp) return
        replies.push({ siteId, openedAt: firstMessageAt, repliedAt: firstReplyAt })
      },
    },
  )
  return replies
}

type Asked = Parameters<Figures['firstReplies']>[0]

async function staffed(queries: LookUps, question: ReportQuestion): Promise<StaffedHour[]> {
  const { from, to, of, now } = question
  const waiting: Span[] = []
  await eachFact(
    queries,
    { from: from - waitingLookBack, to, of },
    {
      turn(turn) {
        if (!turn.forPeople) return
        const end = endOf(turn, now)
        const begin = Math.max(turn.openedAt, turn.handedOffAt ?? 0)
        waiting.push({ from: begin, to: end.by === 'nothing' ? now : end.at })
      },
    },
  )
  const everybody = await readOnline(queries, { from, to }, now)
  const { agentIds } = of
  const online = agentIds ? everybody.filter(({ agentId }) => agentIds.includes(agentId)) : everybody
  return staffing(question, { waiting, online })
}
