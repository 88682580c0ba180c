import * as v from 'valibot'
import { isDate } from '../../../shared/calendar/dates.ts'
import {
  askStates,
  type CasesWanted,
  caseFigures,
  isAsk,
  isShare,
  isToldApart,
  mayBeUnanswered,
} from '../../../shared/metrics/case-figures.ts'
import { respects } from '../../../shared/metrics/groups.ts'
import type { Case } from '../../../shared/metrics/opened-case.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import type { Part } from '../../history/figures.ts'
import type { Cell } from '../csv.ts'
import { cursor, limit } from '../fields.ts'
import { listFile, listFormat } from '../list-file.ts'
import { readReportAsk, reportFields } from '../report-fields.ts'
import { agentRoute, ok } from '../route.ts'
import { buckets, iso, lengthsIn, pieceText, whole } from './reports-turns.ts'

const yesOrNo = v.optional(v.picklist(['yes', 'no'], 'must be yes or no'))

/** Which figure is opened, and which part of it. */
const wantedFields = {
  figure: v.picklist(caseFigures, `must be one of ${caseFigures.join(', ')}`),
  /** `upTo` of the distribution; of a rating that of its first response. */
  bucket: v.optional(v.picklist(buckets, `must be one of ${buckets.join(', ')}`)),
  day: v.optional(v.pipe(v.string(), v.check(isDate, 'must be a date such as 2026-03-21'))),
  weekday: v.optional(whole(1, 7)),
  hour: v.optional(whole(0, 23)),
  /** A line of a break-down; without `key` the line of whom it is not known. */
  by: v.optional(v.picklist(respects, `must be one of ${respects.join(', ')}`)),
  key: v.optional(v.pipe(v.string(), v.maxLength(2_000))),
  /** Of a share. */
  outcome: yesOrNo,
  unanswered: v.optional(v.literal('yes', 'must be yes')),
  /** Of something asked. */
  state: v.optional(v.picklist(askStates, `must be one of ${askStates.join(', ')}`)),
  answer: v.optional(whole(0, 10)),
}

type Wanted = v.InferOutput<v.StrictObjectSchema<typeof wantedFields, undefined>>

/** What means nothing of a figure is refused: an empty list would pass for an answer. */
function wantedOf(asked: Wanted): Result<CasesWanted> {
  const { figure, bucket, by, key, outcome, unanswered, state, answer, ...then } = asked
  const unfit = (path: string) =>
    failure('invalid', `query.${path} says nothing of ${figure}.`, { path: `query.${path}` })
  if (by !== undefined && !isToldApart(figure, by)) return unfit('by')
  if (key !== undefined && by === undefined) return unfit('key')
  if (outcome !== undefined && !isShare(figure)) return unfit('outcome')
  if (unanswered !== undefined && !mayBeUnanswered(figure)) return unfit('unanswered')
  if (state !== undefined && !isAsk(figure)) return unfit('state')
  if (answer !== undefined && !isAsk(figure)) return unfit('answer')
  if (then.weekday !== undefined && figure === 'waiting') return unfit('weekday')
  if (bucket !== undefined && isAsk(figure) && figure !== 'csat') return unfit('bucket')
  return success({
    figure,
    ...lengthsIn(bucket),
    ...(by === undefined ? {} : { by: { respect: by, key: key ?? null } }),
    ...(outcome === undefined ? {} : { outcome: outcome === 'yes' }),
    ...(unanswered === undefined ? {} : { unanswered: true }),
    ...(state === undefined ? {} : { state }),
    ...(answer === undefined ? {} : { answer }),
    ...(then.day === undefined ? {} : { day: then.day }),
    ...(then.weekday === undefined ? {} : { weekday: then.weekday }),
    ...(then.hour === undefined ? {} : { hour: then.hour }),
  })
}

export const casesRoute = agentRoute({
  method: 'get',
  path: '/api/v1/reports/cases',
  summary:
    'What a figure of any report counts: waits, episodes or ratings, each with its pieces on three clocks, latest first, a part at a time; as a file all of it.',
  access: 'conversations:read',
  query: { ...reportFields, ...wantedFields, format: listFormat, cursor, limit: limit(1_000, 500) },
  async answer({ query, call }) {
    const ask = readReportAsk(call.domain, query, call.now)
    if (!ask.ok) return ask
    const wanted = wantedOf(wantedIn(query))
    if (!wanted.ok) return wanted
    const { reporting } = call.domain
    const read = (part: Part) => reporting.cases(ask.value, wanted.value, part)
    const name = `cases-${query.figure}`
    if (query.format !== 'json') return listFile(query.format, { name, read, head, row: caseRow })
    return ok(await read({ limit: query.limit, cursor: query.cursor }))
  },
})

const wantedIn = (query: Wanted): Wanted => {
  const { figure, bucket, day, weekday, hour, by, key, outcome, unanswered, state, answer } = query
  return { figure, bucket, day, weekday, hour, by, key, outcome, unanswered, state, answer }
}

const head = [
  ...['conversation', 'site', 'episode', 'at', 'from', 'to', 'agent', 'counts', 'outcome', 'answer'],
  ...['unanswered', 'ms', 'business ms', 'staffed ms', 'pieces'],
]

const said = (outcome: boolean | null): Cell => (outcome === null ? null : outcome ? 'yes' : 'no')

function caseRow({ measured, pieces, ...one }: Case): Cell[] {
  const { from, to, censored, wall, business, staffed } = measured
  return [
    ...[one.conversationId, one.siteId, one.episode, iso(one.at), iso(from), iso(to), one.agentId],
    ...[one.n, said(one.outcome), one.answer, censored ? 'yes' : 'no', wall, business, staffed],
    pieces.map(pieceText).join('; '),
  ]
}
