import type { Author } from '../../../shared/conversation/entry.ts'
import type { MessageFile } from '../../../shared/file.ts'
import {
  type ClientId,
  type ConversationId,
  type FileId,
  isVisitorId,
  type SiteId,
} from '../../../shared/ids.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { bigint, type Engine, type Queries, type Table, text, type Value } from '../engine.ts'
import type { FileHistory, StoredFile } from '../files.ts'
import { HistoryUnavailable } from '../history.ts'
import { knownMarks, markOfVisitor } from './marks.ts'
import { sentKey } from './sent.ts'

export type FileRow = {
  id: FileId
  site_id: SiteId
  owner: StoredFile['owner']
  client_id: ClientId
  conversation_id: ConversationId | null
  message: ClientId | null
  visibility: StoredFile['visibility']
  settled: number
  sha256: string
  size: number
  created_at: number
  touched_at: number
  shown: string
}

export const fileTable: Table = {
  name: 'files',
  columns: [
    text('id'),
    text('site_id'),
    text('owner'),
    text('client_id'),
    text('conversation_id'),
    text('message'),
    text('visibility'),
    bigint('settled'),
    text('sha256'),
    bigint('size'),
    bigint('created_at'),
    bigint('touched_at'),
    text('shown'),
  ],
}

export const fileRecords = (engine: Engine): FileHistory => ({
  add: (file) => engine.transaction((queries) => add(queries, file)),
  find: async (id) => first(await engine.all<FileRow>('SELECT * FROM files WHERE id = ?', [id])),
  findOwn: (owner, clientId) => findOwn(engine, owner, clientId),
  spent: (ask) => spent(engine, ask),
  hold: (ask) => engine.transaction((queries) => hold(queries, ask)),
  sweep: (before) => engine.transaction((queries) => sweep(queries, before)),
  kept: async (hashes) => {
    const rows = await engine.lookUp<{ sha256: string }>({
      select: 'SELECT sha256 FROM files',
      by: [text('sha256')],
      keys: hashes.map((hash) => [hash]),
    })
    return [...new Set(rows.map(({ sha256 }) => sha256))]
  },
})

const stored = (row: FileRow): StoredFile => ({
  ...messageFile(row),
  siteId: row.site_id,
  owner: row.owner,
  clientId: row.client_id,
  conversationId: row.conversation_id,
  message: row.message,
  visibility: row.visibility,
  sha256: row.sha256,
  createdAt: row.created_at,
})

const messageFile = ({ id, size, shown }: FileRow): MessageFile => {
  const { name, type }: MessageFile = JSON.parse(shown)
  return { id, name, size, type }
}

const first = ([row]: FileRow[]): StoredFile | null => (row ? stored(row) : null)

const findOwn = async (queries: Queries, owner: string, clientId: ClientId): Promise<StoredFile | null> =>
  first(
    await queries.all<FileRow>('SELECT * FROM files WHERE owner = ? AND client_id = ?', [owner, clientId]),
  )

async function add(queries: Queries, file: StoredFile): Promise<StoredFile> {
  // Two nodes must not both store the first upload under one client id, nor one while another erases its owner.
  await queries.lock([`ahlan:${file.owner}`, `ahlan:file:${file.owner}:${file.clientId}`])
  if ((await knownMarks(queries, [markOfVisitor(file.owner)])).size > 0)
    throw new HistoryUnavailable('The visitor of this file was erased.')
  const known = await findOwn(queries, file.owner, file.clientId)
  if (!known) await queries.insertMany(fileTable, [rowOf(file)])
  return known ?? file
}

const rowOf = (file: StoredFile): Value[] => [
  file.id,
  file.siteId,
  file.owner,
  file.clientId,
  file.conversationId,
  file.message,
  file.visibility,
  0,
  file.sha256,
  file.size,
  file.createdAt,
  file.createdAt,
  JSON.stringify({ name: file.name, type: file.type }),
]

const total = 'CAST(COALESCE(SUM(size), 0) AS BIGINT) AS bytes, COUNT(*) AS files'

async function spent(
  queries: Queries,
  { owner, siteId, since }: Parameters<FileHistory['spent']>[0],
): ReturnType<FileHistory['spent']> {
  type Spent = { bytes: number; files: number }
  const [own] = await queries.all<Spent>(`SELECT ${total} FROM files WHERE owner = ? AND created_at > ?`, [
    owner,
    since,
  ])
  const [site] = await queries.all<Spent>(`SELECT ${total} FROM files WHERE site_id = ? AND created_at > ?`, [
    siteId,
    since,
  ])
  return { ownBytes: own?.bytes ?? 0, ownFiles: own?.files ?? 0, siteBytes: site?.bytes ?? 0 }
}

const held: Table = {
  name: 'files',
  columns: [text('message'), text('visibility'), text('conversation_id'), bigint('touched_at'), text('id')],
}

async function hold(
  queries: Queries,
  { ids, owner, message, conversationId, visibility, at }: Parameters<FileHistory['hold']>[0],
): Promise<Result<MessageFile[]>> {
  const found = await queries.lookUp<FileRow>({
    select: 'SELECT * FROM files',
    by: [text('id')],
    keys: ids.map((id) => [id]),
    lock: true,
  })
  const own = new Map(found.filter((row) => row.owner === owner).map((row) => [row.id, row]))
  const rows = ids.flatMap((id) => own.get(id) ?? [])
  // What an agent uploaded for one conversation is not shown in another.
  const astray = rows.some((row) => row.conversation_id !== null && row.conversation_id !== conversationId)
  if (rows.length < ids.length || (astray && !isVisitorId(owner)))
    return failure('not_found', 'A file of this message is not there.', { path: 'files' })
  if (rows.some((row) => row.message !== null && row.message !== message))
    return failure('conflict', 'A file of this message is in another one already.', { path: 'files' })
  const free = rows.filter((row) => row.message === null)
  await queries.updateMany(
    held,
    free.map((row) => [message, visibility, conversationId ?? row.conversation_id, at, row.id]),
  )
  return success(rows.map(messageFile))
}

/** Looked at in one transaction; each is a look-up or two. */
const sweptAtOnce = 500

async function sweep(queries: Queries, before: number): ReturnType<FileHistory['sweep']> {
  const rows = await queries.all<FileRow>(
    'SELECT * FROM files WHERE settled = 0 AND touched_at <= ? ORDER BY touched_at LIMIT ?',
    [before, sweptAtOnce],
  )
  const removed: string[] = []
  for (const row of rows)
    if (await isSent(queries, row)) await queries.run('UPDATE files SET settled = 1 WHERE id = ?', [row.id])
    else {
      await queries.run('DELETE FROM files WHERE id = ?', [row.id])
      removed.push(row.sha256)
    }
  return { removed, more: rows.length === sweptAtOnce }
}

/** Whether the message that holds it was stored: it may have been held, and the server killed then. */
async function isSent(queries: Queries, { owner, message }: FileRow): Promise<boolean> {
  if (message === null) return false
  const found = await queries.lookUp({
    select: 'SELECT first_seq FROM sent',
    by: [bigint('author'), bigint('client_high'), bigint('client_low')],
    keys: [sentKey(authorOf(owner), message)],
  })
  return found.length > 0
}

const authorOf = (owner: StoredFile['owner']): Author =>
  isVisitorId(owner) ? { kind: 'visitor', id: owner } : { kind: 'agent', id: owner, name: '' }
