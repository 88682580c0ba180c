import type { VisitorId } from '../../../shared/ids.ts'
import { type Visitor, withAttributes, withTags } from '../../../shared/visitor.ts'
import { type Engine, type Queries, text } from '../engine.ts'
import { HistoryUnavailable, type VisitorHistory } from '../history.ts'
import { knownMarks, markOfToken } from './marks.ts'

type Change = Parameters<VisitorHistory['update']>[1]
type Newcomer = Parameters<VisitorHistory['ensure']>[0]
type ProfileRow = { profile: string }

/** What the embedded store asks besides, to name the conversations it remembers. */
export interface VisitorRecords extends VisitorHistory {
  /** Of those there are, in any order. */
  names(ids: readonly VisitorId[]): Promise<[VisitorId, string | null][]>
}

export const visitorRecords = (engine: Engine): VisitorRecords => ({
  names: async (ids) => {
    const rows = await engine.lookUp<ProfileRow>({
      select: 'SELECT profile FROM visitors',
      by: [text('id')],
      keys: ids.map((id) => [id]),
    })
    return rows.map(({ profile }) => {
      const { id, name }: Visitor = JSON.parse(profile)
      return [id, name]
    })
  },
  find: async (id) => visitor(await engine.all('SELECT profile FROM visitors WHERE id = ?', [id])),
  findByToken: (siteId, tokenHash) => findByToken(engine, siteId, tokenHash),
  ensure: (newcomer) => engine.transaction((queries) => ensure(queries, newcomer)),
  update: (id, change) =>
    engine.transaction(async (queries) => {
      const rows = await queries.lookUp<ProfileRow>({
        select: 'SELECT profile FROM visitors',
        by: [text('id')],
        keys: [[id]],
        lock: true,
      })
      const known = visitor(rows)
      if (!known) return null
      const changed = merged(known, change)
      await queries.run('UPDATE visitors SET seen_at = ?, profile = ? WHERE id = ?', [
        changed.seenAt,
        JSON.stringify(changed),
        id,
      ])
      return changed
    }),
  letGo: (siteId, most) =>
    engine.transaction((queries) =>
      queries.run(
        `DELETE FROM visitors WHERE id IN (
           SELECT id FROM visitors WHERE site_id = ?
           AND NOT EXISTS (SELECT 1 FROM conversations WHERE visitor_id = visitors.id) LIMIT ?)`,
        [siteId, most],
      ),
    ),
})

const visitor = ([row]: ProfileRow[]): Visitor | null => (row ? JSON.parse(row.profile) : null)

const findByToken = async (queries: Queries, siteId: string, tokenHash: string): Promise<Visitor | null> =>
  visitor(
    await queries.all('SELECT profile FROM visitors WHERE site_id = ? AND token_hash = ?', [
      siteId,
      tokenHash,
    ]),
  )

async function ensure(queries: Queries, newcomer: Newcomer): Promise<Visitor> {
  const { siteId, tokenHash } = newcomer
  const mark = markOfToken(siteId, tokenHash)
  await queries.lock([`ahlan:${mark}`])
  // Asked for just as they were erased; asked again, they are known to be.
  if ((await knownMarks(queries, [mark])).size > 0) throw new HistoryUnavailable('This visitor was erased.')
  const made = stranger(newcomer)
  await queries.run(
    `INSERT INTO visitors (id, site_id, token_hash, seen_at, profile) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (site_id, token_hash) DO NOTHING`,
    [made.id, siteId, tokenHash, made.seenAt, JSON.stringify(made)],
  )
  return (await findByToken(queries, siteId, tokenHash)) ?? made
}

const stranger = ({ newId, siteId, locale, at }: Newcomer): Visitor => ({
  id: newId,
  siteId,
  externalId: null,
  name: null,
  email: null,
  phone: null,
  verified: false,
  locale,
  attributes: {},
  createdAt: at,
  seenAt: at,
  surveyedAt: null,
  quietSince: null,
})

const merged = (known: Visitor, change: Change): Visitor => ({
  ...known,
  externalId: change.id ?? known.externalId,
  name: change.name ?? known.name,
  email: change.email ?? known.email,
  phone: change.phone ?? known.phone,
  locale: change.locale ?? known.locale,
  attributes: withAttributes(known.attributes, change.attributes ?? {}),
  ...(change.tags ? { tags: withTags(known.tags, change.tags) } : {}),
  ...(change.visits ? { visits: change.visits } : {}),
  ...(change.own === undefined ? {} : { own: change.own }),
  ...(change.scoreHeld ? { scoreHeld: change.scoreHeld } : {}),
  seenAt: change.seenAt ?? known.seenAt,
  surveyedAt: later(change.surveyedAt, known.surveyedAt),
  ...(change.npsAskedAt ? { npsAskedAt: Math.max(change.npsAskedAt, known.npsAskedAt ?? 0) } : {}),
  quietSince: change.quietSince ?? known.quietSince,
})

/** Told twice or late, it does not go back. */
const later = (told: number | undefined, known: number | null): number | null =>
  told === undefined ? known : Math.max(told, known ?? told)
