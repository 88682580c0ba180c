import { type Agents, type AgentsBuilder, agents } from '../../../shared/metrics/agents.ts'
import { aimingOf } from '../../../shared/metrics/aiming.ts'
import type { ReportQuestion } from '../../../shared/metrics/asked.ts'
import { abandonedAt, endOf } from '../../../shared/metrics/gone.ts'
import type { Episode } from '../../../shared/metrics/ledger.ts'
import { type Overview, overview } from '../../../shared/metrics/overview.ts'
import type { Question } from '../../../shared/metrics/question.ts'
import {
  type ResponseTimes,
  type ResponseTimesBuilder,
  responseTimes,
} from '../../../shared/metrics/response-times.ts'
import { type Said, type SatisfactionBuilder, satisfaction } from '../../../shared/metrics/satisfaction.ts'
import { type StaffedHour, staffing, waitingLookBack } from '../../../shared/metrics/staffing.ts'
import { ratedOf } from '../../../shared/metrics/turns.ts'
import { type Volume, volume } from '../../../shared/metrics/volume.ts'
import type { Engine } from '../engine.ts'
import type { Figures, Remembered, SiteReply } from '../figures.ts'
import { addUp } from './add-up.ts'
import { Attendance, clipped, overBy } from './attendance.ts'
import { cases } from './cases.ts'
import { clockOf } from './clocks.ts'
import { aboutOf } from './narrow.ts'
import { eachFact, type Ledger, type Span } from './read.ts'
import { Shelf } from './shelf.ts'
import { Sums, type SumsOf } from './sums.ts'
import { turns } from './turn-list.ts'

/** A ledger, and what reports have added up of it before. */
interface Desk extends Ledger {
  responses: Sums<ResponseTimesBuilder>
  agents: Sums<AgentsBuilder>
}

export function figures(engine: Engine): Omit<Figures, 'journeys'> & Remembered {
  const ledger: Desk = {
    ...{ queries: engine, shelf: new Shelf(engine), attendance: new Attendance(engine) },
    ...{ responses: new Sums(), agents: new Sums() },
  }
  return {
    responseTimes: (question) => responses(ledger, question),
    satisfaction: (question) => satisfied(ledger, question),
    volume: (question) => volumes(ledger, question),
    agents: (question) => byAgent(ledger, question),
    overview: (question) => headlines(ledger, question),
    turns: (question, wanted, part) => turns(ledger, question, { wanted, part }),
    cases: async (question, wanted, part) =>
      cases(ledger, question, { wanted, part, asking: await questionOf(ledger, question) }),
    firstReplies: (asked) => firstReplies(ledger, asked),
    staffing: async (question) => ({ hours: await staffed(ledger, question) }),
    forget: () => forget(ledger),
  }
}

/**
 * Sums have the pages they tell apart, and whoever goes on. Who was erased, or withdrew their consent, is in no part any
 * more as it was read: what is kept of those parts goes, and with it all names that came from nowhere else.
 */
async function forget({ shelf, responses, agents }: Desk): Promise<number> {
  const list = shelf.list.bind(shelf)
  await Promise.all([shelf.refresh(), responses.refresh(list), agents.refresh(list)])
  return shelf.bytes + responses.bytes + agents.bytes
}

const responses = async (desk: Desk, question: ReportQuestion): Promise<ResponseTimes> =>
  (await responded(desk, question)).answer()

async function responded(desk: Desk, question: ReportQuestion): Promise<ResponseTimesBuilder> {
  const asked = await questionOf(desk, question)
  const key = keyOf(desk, question)
  const sums = (): SumsOf<ResponseTimesBuilder> => desk.responses.of(key, question.now)
  const begin = (): ResponseTimesBuilder => responseTimes(asked)
  const whole = begin()
  await addUp(desk, question, { whole, begin, sums, settledBy: settledBy(question) })
  return whole
}

/** All that figures depend on beside what was recorded and the period. */
const keyOf = ({ attendance }: Desk, { of, clock, house }: ReportQuestion): string =>
  JSON.stringify([of, clock, house, clock === 'staffed' ? attendance.version : 0])

const settledBy = ({ clock, now }: ReportQuestion): number => (clock === 'staffed' ? overBy(now) : now)

async function satisfied(ledger: Ledger, question: ReportQuestion): Promise<Said> {
  const report = satisfaction()
  const { agentIds: _, ...of } = question.of
  await eachFact(ledger, { ...question, of }, { episode: ratedIn(question, report) })
  return report.answer()
}

/** Of the episodes closed within the period; an agent’s are those they are credited with. */
const ratedIn =
  ({ from, to, of: { agentIds } }: ReportQuestion, report: SatisfactionBuilder) =>
  (episode: Episode): void => {
    if (episode.closedAt === null || episode.closedAt < from || episode.closedAt >= to) return
    const one = ratedOf(episode)
    if (one && (!agentIds || (one.agentId && agentIds.includes(one.agentId)))) report.episode(one)
  }

async function volumes(ledger: Ledger, question: ReportQuestion): Promise<Volume> {
  const report = volume(await questionOf(ledger, question))
  await eachFact(ledger, question, { episode: (episode) => report.episode(episode, aboutOf(episode)) })
  return report.answer()
}

/** Of whom is asked for, and not of colleagues with whom they shared a conversation. */
async function byAgent(ledger: Desk, question: ReportQuestion): Promise<Agents> {
  const asked = await questionOf(ledger, question)
  const key = keyOf(ledger, question)
  const sums = (): SumsOf<AgentsBuilder> => ledger.agents.of(key, question.now)
  const begin = (): AgentsBuilder => agents(asked)
  const report = begin()
  await addUp(ledger, question, { whole: report, begin, sums, settledBy: settledBy(question) })
  const { agentIds } = question.of
  const answer = report.answer()
  return agentIds ? { agents: answer.agents.filter(({ agentId }) => agentIds.includes(agentId)) } : answer
}

async function headlines(ledger: Desk, question: ReportQuestion): Promise<Overview> {
  const waits = await responded(ledger, question)
  const [amounts, said] = [volume(await questionOf(ledger, question)), satisfaction()]
  const rated = ratedIn(question, said)
  await eachFact(ledger, question, {
    episode(episode) {
      amounts.episode(episode, aboutOf(episode))
      rated(episode)
    },
  })
  return overview({
    responseTimes: waits.answer(),
    volume: amounts.answer(),
    csat: said.answer().csat,
  })
}

async function questionOf(ledger: Ledger, question: ReportQuestion): Promise<Question> {
  const { from, to, now, timeZone, house } = question
  return { from, to, now, timeZone, clock: await clockOf(ledger, question), aiming: aimingOf(house) }
}

async function firstReplies(ledger: Ledger, { from, to, now }: Asked): Promise<SiteReply[]> {
  const replies: SiteReply[] = []
  await eachFact(
    ledger,
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

async function staffed(ledger: Ledger, question: ReportQuestion): Promise<StaffedHour[]> {
  const { from, to, of, now } = question
  const waiting: Span[] = []
  await eachFact(
    ledger,
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
  const days = await ledger.attendance.days({ from, to }, now)
  const everybody = days.flatMap((day) => day.online.map((span) => clipped(span, { from, to })))
  const { agentIds } = of
  const online = agentIds ? everybody.filter(({ agentId }) => agentIds.includes(agentId)) : everybody
  return staffing(question, { waiting, online })
}
