import type { ConversationId, RuleId, VisitorId } from '../../../shared/ids.ts'
import { added, type Tally } from '../../../shared/metrics/proactive.ts'
import type { PastExposure } from '../../../shared/triggers/why.ts'
import { bigint, type Engine, type Queries, type Table, text, type Value } from '../engine.ts'
import type {
  Aftermath,
  ExposureHistory,
  ExposurePeriod,
  ExposureRecord,
  OpenExposure,
  PastContacts,
} from '../exposures.ts'
import { firstOfEach, invited } from './exposures-invited.ts'
import { knownMarks, markOfVisitor } from './marks.ts'

const texts = ['id', 'site_id', 'rule_id', 'visitor_id', 'visit_id', 'conversation_id', 'said_by', 'about']
const numbers = ['at', 'held_out', 'silent', 'due_at', 'seen_at', 'opened_at', 'replied_at', 'goal_at']
const table: Table = { name: 'exposures', columns: [...texts.map(text), ...numbers.map(bigint)] }

/** All that is stored of one. */
export interface StoredExposure extends ExposureRecord {
  conversationId: ConversationId | null
  seenAt: number | null
  openedAt: number | null
  repliedAt: number | null
  goalAt: number | null
}

export const insertExposures = (queries: Queries, all: readonly StoredExposure[]): Promise<void> =>
  queries.insertMany(table, all.map(rowOf))

const rowOf = (one: StoredExposure): Value[] => [
  ...[one.id, one.siteId, one.ruleId, one.visitorId, one.visitId, one.conversationId, one.by, aboutOf(one)],
  ...[one.at, one.heldOut ? 1 : 0, one.silent ? 1 : 0, dueAt(one)],
  ...[one.seenAt, one.openedAt, one.repliedAt, one.goalAt],
]

/** In an order that does not depend on who wrote it: equal ones are counted together, and a copy is equal byte by byte. */
const aboutOf = ({ variant, goal, segments = [] }: About): string =>
  JSON.stringify({
    ...{ variant, goal: goal && inOrder(goal) },
    ...(segments.length > 0 ? { segments: [...segments].sort() } : {}),
  })

const inOrder = (goal: object): object =>
  Object.fromEntries(Object.entries(goal).sort(([a], [b]) => (a < b ? -1 : 1)))

type About = Pick<ExposureRecord, 'variant' | 'goal' | 'segments'>

/** When the time of its goal is over. */
const dueAt = ({ at, goal }: Pick<ExposureRecord, 'at' | 'goal'>): number | null =>
  goal && at + goal.withinSeconds * 1_000

export const exposureRecords = (engine: Engine): ExposureHistory => ({
  store: (told) => engine.transaction((queries) => store(queries, told)),
  past: async (visitorId, { since, now }) => ({
    said: await said(engine, visitorId, since),
    open: await open(engine, visitorId, now),
  }),
  ofVisitor: (visitorId, limit) => ofVisitor(engine, visitorId, limit),
  tallies: (period, now) => tallies(engine, period, now),
  invited: (period, wanted, part) => invited(engine, { period, wanted, part }),
  expire: (siteId, { visitsBefore, nobodyBefore }, most) =>
    engine.transaction(async (queries) => {
      const parted = await queries.run(
        `UPDATE exposures SET visit_id = NULL WHERE id IN (
           SELECT id FROM exposures WHERE site_id = ? AND visit_id IS NOT NULL AND at < ? ORDER BY at LIMIT ?)`,
        [siteId, visitsBefore, most],
      )
      const gone = await queries.run(
        `DELETE FROM exposures WHERE id IN (
           SELECT id FROM exposures WHERE site_id = ? AND visitor_id IS NULL AND at < ? ORDER BY at LIMIT ?)`,
        [siteId, nobodyBefore, most - parted],
      )
      return parted + gone
    }),
})

async function store(
  queries: Queries,
  { exposures, aftermaths }: Parameters<ExposureHistory['store']>[0],
): Promise<void> {
  const ids = [...new Set(exposures.flatMap(({ visitorId }) => visitorId ?? []))]
  await queries.lock(ids.map((id) => `ahlan:${id}`))
  const erased = await knownMarks(queries, ids.map(markOfVisitor))
  // Whoever did not hear that they were stored tells them again.
  const known = await queries.lookUp<{ id: string }>({
    select: 'SELECT id FROM exposures',
    by: [text('id')],
    keys: exposures.map(({ id }) => [id]),
  })
  const stored = new Set(known.map(({ id }) => id))
  const fresh = exposures.filter(
    ({ id, visitorId }) => !stored.has(id) && !(visitorId && erased.has(markOfVisitor(visitorId))),
  )
  await insertExposures(
    queries,
    fresh.map((one) => ({ ...one, ...nothingYet })),
  )
  for (const one of aftermaths) await note(queries, one)
}

const nothingYet = { conversationId: null, seenAt: null, openedAt: null, repliedAt: null, goalAt: null }

/** The first time counts; and what leads to nobody is not tied to a conversation afterwards. */
async function note(queries: Queries, one: Aftermath): Promise<void> {
  const { id, seenAt = null, openedAt = null, repliedAt = null, goalAt = null, conversationId = null } = one
  const moments: [string, number | null][] = [
    ['seen_at', seenAt],
    ['opened_at', openedAt],
    ['replied_at', repliedAt],
    ['goal_at', goalAt],
  ]
  for (const [column, at] of moments)
    if (at !== null)
      await queries.run(`UPDATE exposures SET ${column} = ? WHERE id = ? AND ${column} IS NULL`, [at, id])
  if (conversationId !== null)
    await queries.run(
      'UPDATE exposures SET conversation_id = ? WHERE id = ? AND visitor_id IS NOT NULL AND conversation_id IS NULL',
      [conversationId, id],
    )
}

type SaidRow = Record<'held_out' | 'silent' | 'ever' | 'lately' | 'last_at', number> & {
  rule_id: RuleId | null
}

async function said(queries: Queries, visitorId: VisitorId, since: number): Promise<PastContacts['said']> {
  const rows = await queries.all<SaidRow>(
    `SELECT rule_id, held_out, silent, COUNT(*) AS ever, COUNT(CASE WHEN at >= ? THEN 1 END) AS lately, MAX(at) AS last_at
     FROM exposures WHERE visitor_id = ? GROUP BY rule_id, held_out, silent`,
    [since, visitorId],
  )
  return rows.map(({ rule_id, held_out, silent, ever, lately, last_at }) => ({
    ...{ ruleId: rule_id, heldOut: held_out === 1, silent: silent === 1, ever, lately, lastAt: last_at },
  }))
}

type PastRow = { rule_id: RuleId; at: number; held_out: number; about: string } & Record<
  'seen_at' | 'opened_at' | 'replied_at' | 'goal_at',
  number | null
>

async function ofVisitor(queries: Queries, visitorId: VisitorId, limit: number): Promise<PastExposure[]> {
  const rows = await queries.all<PastRow>(
    `SELECT rule_id, at, held_out, about, seen_at, opened_at, replied_at, goal_at
     FROM exposures WHERE visitor_id = ? AND rule_id IS NOT NULL ORDER BY at DESC, id DESC LIMIT ?`,
    [visitorId, limit],
  )
  return rows.map(({ rule_id, at, held_out, about, ...came }) => ({
    ...{ ruleId: rule_id, at, heldOut: held_out === 1, variant: JSON.parse(about).variant },
    ...{ seenAt: came.seen_at, openedAt: came.opened_at, repliedAt: came.replied_at, goalAt: came.goal_at },
  }))
}

/** Of one visitor: more are not waited for at a time. */
const mostOpen = 50

async function open(queries: Queries, visitorId: VisitorId, now: number): Promise<OpenExposure[]> {
  const rows = await queries.all<{ id: OpenExposure['id']; at: number; about: string }>(
    `SELECT id, at, about FROM exposures
     WHERE visitor_id = ? AND goal_at IS NULL AND due_at >= ? ORDER BY at DESC LIMIT ?`,
    [visitorId, now, mostOpen],
  )
  return rows.map(({ id, at, about }) => ({ id, at, goal: JSON.parse(about).goal }))
}

type TallyRow = Record<'n' | 'seen' | 'opened' | 'replied' | 'finished' | 'reached' | 'running', number> & {
  rule_id: RuleId
  held_out: number
  about: string
}

/** As `shared/metrics/proactive` counts. */
async function tallies(
  queries: Queries,
  { segment, ...period }: ExposurePeriod,
  now: number,
): Promise<(Tally & { ruleId: RuleId })[]> {
  const first = firstOfEach(period)
  const rows = await queries.all<TallyRow>(
    `SELECT rule_id, held_out, about, COUNT(*) AS n,
       COUNT(COALESCE(seen_at, opened_at, replied_at)) AS seen,
       COUNT(COALESCE(opened_at, replied_at)) AS opened,
       COUNT(replied_at) AS replied,
       COUNT(CASE WHEN due_at < ? THEN 1 END) AS finished,
       COUNT(CASE WHEN due_at < ? THEN goal_at END) AS reached,
       COUNT(CASE WHEN due_at >= ? THEN 1 END) AS running
     FROM exposures WHERE id IN (${first.sql})
     GROUP BY rule_id, held_out, about ORDER BY rule_id, held_out, about`,
    [now, now, now, ...first.params],
  )
  const found = new Map<string, Tally & { ruleId: RuleId }>()
  for (const row of rows) {
    const about: About = JSON.parse(row.about)
    if (segment !== undefined && !about.segments?.includes(segment)) continue
    const one = tallyOf(row, about)
    const key = JSON.stringify([one.ruleId, one.heldOut, one.variant])
    const known = found.get(key)
    found.set(key, known ? { ...added(known, one), ruleId: one.ruleId } : one)
  }
  return [...found.values()]
}

function tallyOf({ rule_id, held_out, n, ...row }: TallyRow, { variant }: About): Tally & { ruleId: RuleId } {
  return {
    ...{ ruleId: rule_id, heldOut: held_out === 1, variant, n },
    ...{ seen: row.seen, opened: row.opened, replied: row.replied },
    goal: { n: row.finished, reached: row.reached, open: row.running },
  }
}
