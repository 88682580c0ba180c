import * as v from 'valibot'
import { SiteId, VisitorId } from '../../../shared/ids.ts'
import { type Table, text } from '../engine.ts'
import { byId, type Kind, parseLine } from './kind.ts'

/** What the columns beside the profile are taken from; the profile itself is stored as it came. */
const Profile = v.looseObject({ id: VisitorId, siteId: SiteId, seenAt: v.number() })

export const visitorTable: Table = {
  name: 'visitors',
  columns: [
    text('id'),
    text('site_id'),
    text('token_hash'),
    { name: 'seen_at', type: 'bigint' },
    text('profile'),
  ],
}

/** No hash looks like it: nobody can show a token for this visitor. */
export const nobodysToken = (id: string): string => `none:${id}`

export const visitors: Kind = {
  name: 'visitors',
  async *lines(queries) {
    for await (const rows of byId<{ id: string; profile: string }>(
      queries,
      'SELECT id, profile FROM visitors',
    ))
      yield rows.map(({ profile }) => profile)
  },
  async store(queries, lines) {
    const rows = lines.map((line) => {
      const { id, siteId, seenAt } = parseLine(Profile, line)
      return [id, siteId, nobodysToken(id), seenAt, line]
    })
    await queries.insertMany(visitorTable, rows)
  },
}

const Credential = v.strictObject({
  visitor: VisitorId,
  /** Longer ones are of invented visitors, of a demo house from before. */
  tokenHash: v.pipe(v.string(), v.regex(/^(?:[\w-]{43}|[\da-f]{64})$/)),
})

const byToken: Table = { name: 'visitors', columns: [text('token_hash'), text('id')] }

/**
 * By what a returning browser is known: the hash of its token, which nobody can turn back into one.
 * A kind of its own, so that the rest can be handed on without it.
 */
export const visitorCredentials: Kind = {
  name: 'visitor-credentials',
  async *lines(queries) {
    const select = 'SELECT id, token_hash FROM visitors'
    for await (const rows of byId<{ id: string; token_hash: string }>(queries, select))
      yield rows
        .filter(({ id, token_hash }) => token_hash !== nobodysToken(id))
        .map(({ id, token_hash }) => JSON.stringify({ visitor: id, tokenHash: token_hash }))
  },
  async store(queries, lines) {
    const rows = lines.map((line) => {
      const { visitor, tokenHash } = parseLine(Credential, line)
      return [tokenHash, visitor]
    })
    await queries.updateMany(byToken, rows)
  },
}
