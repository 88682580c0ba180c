import type { ConversationId, SiteId, VisitorId } from '../../../shared/ids.ts'
import { type Engine, type Queries, text } from '../engine.ts'
import type { Erased, ErasureHistory, Holdings } from '../history.ts'
import { byId } from '../transfer/kind.ts'
import { belongings, paramsOf } from './belongings.ts'
import { knownMarks, type Mark, markOfToken, markOfVisitor } from './marks.ts'

/** What the store's keeper asks besides. */
export interface ErasureRecords extends Omit<ErasureHistory, 'sweep'> {
  /** What will be kept of this visitor; null when there is nothing of them. */
  marksOf(id: VisitorId): Promise<string[] | null>
  /** Whether a visitor of this id was erased. */
  wasErased(id: VisitorId): Promise<boolean>
  /** Of everybody who was erased. */
  marks(): Promise<Mark[]>
  /** Takes in marks that came from elsewhere and erases whom they mean. */
  eraseMarked(marks: readonly Mark[]): Promise<Erased[]>
  /** The latest erasure whose rows may still be found on the disk. */
  scrubDue(): Promise<string | null>
  /** With what was due before it began: who was erased meanwhile is still there. */
  scrubbed(due: string): Promise<void>
}

export const erasureRecords = (engine: Engine): ErasureRecords => ({
  held: (id) => held(engine, id),
  isErased: async (siteId, tokenHash) => {
    const known = await knownMarks(engine, [markOfToken(siteId, tokenHash)])
    return known.size > 0
  },
  marksOf: async (id) => ((await isHeld(engine, id)) ? marksOf(id, await tokenOf(engine, id)) : null),
  wasErased: async (id) => (await knownMarks(engine, [markOfVisitor(id)])).size > 0,
  marks: () => engine.all<Mark>('SELECT mark, at FROM erased'),
  erase: (id, at) =>
    engine.transaction(async (queries) => {
      const gone = await erase(queries, id, at)
      if (gone) await noteScrubDue(queries, gone.visitorId)
      return gone
    }),
  eraseMarked: (marks) => engine.transaction((queries) => eraseMarked(queries, marks)),
  scrubDue: async () => {
    const [row] = await engine.all<{ value: string }>("SELECT value FROM meta WHERE name = 'scrub'")
    return row?.value ?? null
  },
  scrubbed: async (due) => {
    await engine.run("DELETE FROM meta WHERE name = 'scrub' AND value = ?", [due])
  },
})

/** In the erasure's own transaction: whoever opens the store after a crash knows what is left to do. */
const noteScrubDue = (queries: Queries, id: VisitorId): Promise<number> =>
  queries.run(
    "INSERT INTO meta (name, value) VALUES ('scrub', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    [markOfVisitor(id)],
  )

type Token = { site_id: SiteId; token_hash: string }
type Numbered = { number: number; id: ConversationId }

async function held(queries: Queries, id: VisitorId): Promise<Holdings | null> {
  const numbered = await queries.all<Numbered>('SELECT number, id FROM conversations WHERE visitor_id = ?', [
    id,
  ])
  const ids = new Map<unknown, string>(numbered.map((one) => [one.number, one.id]))
  const found: Record<string, object[]> = {}
  for (const one of belongings) {
    const { kind, table, where, orderBy, shown } = one
    const rows = await queries.all(
      `SELECT * FROM ${table} WHERE ${where} ORDER BY ${orderBy}`,
      paramsOf(one, id),
    )
    found[kind] = rows.map((row) => shown(row, (number) => ids.get(number) ?? ''))
  }
  return Object.values(found).some((rows) => rows.length > 0) ? found : null
}

async function isHeld(queries: Queries, id: VisitorId): Promise<boolean> {
  for (const one of belongings) {
    const { table, where } = one
    const rows = await queries.all(`SELECT 1 AS one FROM ${table} WHERE ${where} LIMIT 1`, paramsOf(one, id))
    if (rows.length > 0) return true
  }
  return false
}

async function tokenOf(queries: Queries, id: VisitorId): Promise<Token | null> {
  const [row] = await queries.all<Token>('SELECT site_id, token_hash FROM visitors WHERE id = ?', [id])
  return row ?? null
}

const marksOf = (id: VisitorId, token: Token | null): string[] => [
  markOfVisitor(id),
  ...(token ? [markOfToken(token.site_id, token.token_hash)] : []),
]

async function erase(queries: Queries, id: VisitorId, at: number): Promise<Erased | null> {
  const token = await tokenOf(queries, id)
  const marks = marksOf(id, token)
  // Who just begins a conversation, stores a view or becomes known on another node holds one of these.
  await queries.lock([`ahlan:${id}`, ...marks.map((mark) => `ahlan:${mark}`)])
  // And who adds to a conversation holds its row.
  const conversations = await queries.lookUp<Numbered>({
    select: 'SELECT number, id FROM conversations',
    by: [text('visitor_id')],
    keys: [[id]],
    lock: true,
  })
  const { counts, bytes } = await deleteAll(queries, id)
  if (Object.values(counts).every((count) => count === 0)) return null
  await addMarks(
    queries,
    marks.map((mark) => ({ mark, at })),
  )
  const conversationIds = conversations.map((one) => one.id)
  return { visitorId: id, tokenHash: token?.token_hash ?? null, conversationIds, counts, bytes }
}

async function deleteAll(queries: Queries, id: VisitorId): Promise<Pick<Erased, 'counts' | 'bytes'>> {
  const counts: Record<string, number> = {}
  const named: string[] = []
  for (const one of belongings) {
    const { kind, table, where, bytes, leave } = one
    const params = paramsOf(one, id)
    if (bytes)
      for (const row of await queries.all(`SELECT ${bytes} AS bytes FROM ${table} WHERE ${where}`, params))
        named.push(String(row.bytes))
    await leave?.(queries, id)
    counts[kind] = await queries.run(`DELETE FROM ${table} WHERE ${where}`, params)
  }
  return { counts, bytes: [...new Set(named)] }
}

async function addMarks(queries: Queries, marks: readonly Mark[]): Promise<void> {
  for (const { mark, at } of marks)
    await queries.run('INSERT INTO erased (mark, at) VALUES (?, ?) ON CONFLICT (mark) DO NOTHING', [mark, at])
}

async function eraseMarked(queries: Queries, marks: readonly Mark[]): Promise<Erased[]> {
  const times = new Map(marks.map(({ mark, at }) => [mark, at]))
  const meant: [VisitorId, number][] = []
  const select = 'SELECT id, site_id, token_hash FROM visitors'
  for await (const rows of byId<Token & { id: VisitorId }>(queries, select))
    for (const row of rows)
      for (const mark of marksOf(row.id, row)) {
        const at = times.get(mark)
        if (at !== undefined) meant.push([row.id, at])
      }
  const gone: Erased[] = []
  for (const [id, at] of meant) {
    const one = await erase(queries, id, at)
    if (one) gone.push(one)
  }
  await addMarks(queries, marks)
  const latest = gone.at(-1)
  if (latest) await noteScrubDue(queries, latest.visitorId)
  return gone
}
