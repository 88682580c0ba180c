import * as v from 'valibot'
import type { TurnsWanted } from '../../../shared/metrics/asked.ts'
import { waitBounds } from '../../../shared/metrics/response-times.ts'
import type { TurnInPieces } from '../../../shared/metrics/turn-list.ts'
import type { Part } from '../../history/figures.ts'
import type { Cell } from '../csv.ts'
import { cursor, limit } from '../fields.ts'
import { listFile, listFormat } from '../list-file.ts'
import { readReportAsk, reportFields } from '../report-fields.ts'
import { agentRoute, ok } from '../route.ts'

const measures = ['response', 'firstResponse.customer', 'firstResponse.human'] as const
export const buckets = [...waitBounds.map(String), 'more']

export const whole = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,2}$/, 'must be a whole number'),
    v.transform(Number),
    v.minValue(least, `must be at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  )

/** Which figure is opened: of which measure, of which bar of its distribution, of which hour of the week. */
const wantedFields = {
  measure: v.optional(v.picklist(measures, `must be one of ${measures.join(', ')}`), 'response'),
  /** `upTo` of the distribution. */
  bucket: v.optional(v.picklist(buckets, `must be one of ${buckets.join(', ')}`)),
  weekday: v.optional(whole(1, 7)),
  hour: v.optional(whole(0, 23)),
}

type Wanted = v.InferOutput<v.StrictObjectSchema<typeof wantedFields, undefined>>

const wantedOf = ({ measure, bucket, weekday, hour }: Wanted): TurnsWanted => ({
  measure,
  ...lengthsIn(bucket),
  ...(weekday === undefined ? {} : { weekday }),
  ...(hour === undefined ? {} : { hour }),
})

/** Of a step of the distribution, by its `upTo`. */
export function lengthsIn(bucket: string | undefined): { longerThan?: number; upTo?: number } {
  if (bucket === undefined) return {}
  const index = buckets.indexOf(bucket)
  const [longerThan, upTo] = [waitBounds[index - 1], waitBounds[index]]
  return { ...(longerThan === undefined ? {} : { longerThan }), ...(upTo === undefined ? {} : { upTo }) }
}

export const turnsRoute = agentRoute({
  method: 'get',
  path: '/api/v1/reports/turns',
  summary:
    'The arithmetic behind the response times: each wait and its pieces on three clocks, latest first, a part at a time; as a file all of it.',
  access: 'conversations:read',
  query: { ...reportFields, ...wantedFields, format: listFormat, cursor, limit: limit(1_000, 500) },
  async answer({ query, call }) {
    const ask = readReportAsk(call.domain, query, call.now)
    if (!ask.ok) return ask
    const { reporting } = call.domain
    const wanted = wantedOf(query)
    const read = (part: Part) => reporting.turns(ask.value, wanted, part)
    if (query.format !== 'json') return listFile(query.format, { name: 'turns', read, head, row: turnRow })
    return ok(await read({ limit: query.limit, cursor: query.cursor }))
  },
})

const head = [
  ...['conversation', 'site', 'episode', 'first', 'opened', 'ended by', 'ended', 'agent', 'ms'],
  ...['business ms', 'staffed ms', 'pieces'],
]

function turnRow(turn: TurnInPieces): Cell[] {
  const { conversationId, siteId, episode, first, openedAt, end, response } = turn
  return [
    ...[conversationId, siteId, episode, first ? 'yes' : 'no', iso(openedAt), end.by],
    end.by === 'nothing' ? null : iso(end.at),
    end.by === 'reply' ? end.agentId : null,
    ...[response?.wall ?? null, response?.business ?? null, response?.staffed ?? null],
    turn.pieces.map(pieceText).join('; '),
  ]
}

export const pieceText = ({
  labels,
  wall,
}: Pick<TurnInPieces['pieces'][number], 'labels' | 'wall'>): string => `${labels.join(' ')} ${wall}`

export const iso = (at: number): string => new Date(at).toISOString()
