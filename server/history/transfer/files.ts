import * as v from 'valibot'
import { FileType } from '../../../shared/file.ts'
import { AgentId, ClientId, ConversationId, FileId, SiteId, VisitorId } from '../../../shared/ids.ts'
import { count } from '../../../shared/text/fields.ts'
import type { Queries } from '../engine.ts'
import { type FileRow, fileTable } from '../records/files.ts'
import { byId, type Kind, parseLine } from './kind.ts'

const Line = v.strictObject({
  id: FileId,
  siteId: SiteId,
  owner: v.union([VisitorId, AgentId]),
  clientId: ClientId,
  conversationId: v.nullable(ConversationId),
  message: v.nullable(ClientId),
  visibility: v.picklist(['visible', 'note']),
  settled: v.picklist([0, 1]),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  size: count,
  createdAt: count,
  touchedAt: count,
  name: v.string(),
  type: FileType,
})

/** What is known of the files. Their bytes are carried by whoever carries these lines. */
export const files: Kind = {
  name: 'files',
  async *lines(queries) {
    for await (const rows of byId<FileRow>(queries, 'SELECT * FROM files'))
      yield rows.map((row) => JSON.stringify(lineOf(row)))
  },
  async store(queries, lines) {
    const rows = lines.map((line) => {
      const { id, siteId, owner, clientId, conversationId, message, ...rest } = parseLine(Line, line)
      const { visibility, settled, sha256, size, createdAt, touchedAt, name, type } = rest
      const holding = [conversationId, message, visibility, settled]
      const shown = JSON.stringify({ name, type })
      return [id, siteId, owner, clientId, ...holding, sha256, size, createdAt, touchedAt, shown]
    })
    await queries.insertMany(fileTable, rows)
  },
}

const lineOf = (row: FileRow) => ({
  id: row.id,
  siteId: row.site_id,
  owner: row.owner,
  clientId: row.client_id,
  conversationId: row.conversation_id,
  message: row.message,
  visibility: row.visibility,
  settled: row.settled,
  sha256: row.sha256,
  size: row.size,
  createdAt: row.created_at,
  touchedAt: row.touched_at,
  ...JSON.parse(row.shown),
})

/** Every hash there is, once, some at a time. */
export async function* fileHashes(queries: Queries): AsyncGenerator<string[]> {
  const atOnce = 500
  for (let after = ''; ; ) {
    const rows = await queries.all<{ sha256: string }>(
      'SELECT DISTINCT sha256 FROM files WHERE sha256 > ? ORDER BY sha256 LIMIT ?',
      [after, atOnce],
    )
    const last = rows.at(-1)
    if (!last) return
    yield rows.map(({ sha256 }) => sha256)
    after = last.sha256
  }
}
