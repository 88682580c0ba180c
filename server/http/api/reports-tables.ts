import type { Agents } from '../../../shared/metrics/agents.ts'
import type { Figures } from '../../../shared/metrics/column.ts'
import type { Overview } from '../../../shared/metrics/overview.ts'
import type { ResponseTimes } from '../../../shared/metrics/response-times.ts'
import type { StaffedHour } from '../../../shared/metrics/staffing.ts'
import type { Volume, VolumeCounts } from '../../../shared/metrics/volume.ts'
import type { Cell } from '../csv.ts'

const responseHead = [
  ...['measure', 'unit', 'n', 'p50', 'p90', 'mean', 'max', 'censored', 'withinTarget'],
  ...['of', 'share', 'low', 'high', 'by', 'key'],
]

type Row = Partial<Record<(typeof responseHead)[number], Cell>>

const row = (cells: Row): Cell[] => responseHead.map((name) => cells[name] ?? null)

const first = 'firstResponse.customer'

/** One table: each measure whole, then the shares, then what is broken down by something. */
export const responseRows = (report: ResponseTimes): Cell[][] => [
  responseHead,
  ...Object.entries(report.measures).map(([measure, one]) => row({ measure, unit: 'ms', ...one })),
  ...Object.entries(report.shares).map(([measure, one]) => row({ measure, unit: 'share', ...one })),
  ...report.distribution.map(({ upTo, n }) =>
    row({ measure: 'response', unit: 'ms', n, by: 'up to', key: upTo ?? 'more' }),
  ),
  ...report.series.map(({ day, ...one }) => row({ measure: first, unit: 'ms', ...one, by: 'day', key: day })),
  ...report.week.map(({ weekday, hour, ...one }) =>
    row({ measure: first, unit: 'ms', ...one, by: 'hour of the week', key: `${weekday} ${hour}` }),
  ),
  ...Object.entries(report.by).flatMap(([by, groups]) =>
    groups.map(({ key, ...one }) =>
      row({ measure: by === 'agent' ? 'firstResponse.agent' : first, unit: 'ms', ...one, by, key }),
    ),
  ),
  ...report.breaches.map(({ team: key, aim, ...one }) =>
    row({ measure: `late.${aim}`, unit: 'share', ...one, by: 'team', key }),
  ),
]

export const staffingRows = ({ hours }: { hours: StaffedHour[] }): Cell[][] => [
  ['at', 'waiting mean', 'waiting max', 'online mean', 'online max'],
  ...hours.map(({ at, waiting, online }) => [
    new Date(at).toISOString(),
    ...[waiting.mean, waiting.max, online.mean, online.max],
  ]),
]

const volumeHead = ['conversations', 'episodes', 'visitorMessages', 'agentMessages', 'proactive'] as const

const volumeCells = (counts: VolumeCounts): Cell[] => volumeHead.map((name) => counts[name])

/** The totals first, then each day, then the episodes of each hour of the week. */
export const volumeRows = ({ totals, series, week }: Volume): Cell[][] => [
  ['by', 'key', ...volumeHead],
  [null, null, ...volumeCells(totals)],
  ...series.map(({ day, ...counts }) => ['day', day, ...volumeCells(counts)]),
  ...week.map(({ weekday, hour, n }) => [
    'hour of the week',
    `${weekday} ${hour}`,
    null,
    n,
    null,
    null,
    null,
  ]),
]

const figuresHead = (name: string): string[] => ['n', 'p50', 'p90'].map((figure) => `${name} ${figure}`)
const figureCells = ({ n, p50, p90 }: Figures): Cell[] => [n, p50, p90]

export const agentRows = ({ agents }: Agents): Cell[][] => [
  [
    ...['agent', 'turns', 'closed', ...figuresHead('response'), ...figuresHead('firstResponse')],
    ...[...figuresHead('handle'), 'csat n', 'csat score', 'csat low', 'csat high'],
  ],
  ...agents.map(({ agentId, turns, closed, response, firstResponse, handle, csat }) => [
    ...[agentId, turns, closed, ...figureCells(response), ...figureCells(firstResponse)],
    ...[...figureCells(handle), csat.n, csat.score, csat.low, csat.high],
  ]),
]

/** A row for each figure, named as in the JSON. */
export const overviewRows = ({ series, ...headlines }: Overview): Cell[][] => [
  ['figure', 'value'],
  ...Object.entries(headlines).flatMap(([name, one]) =>
    typeof one === 'string'
      ? []
      : Object.entries(one).map(([figure, value]): Cell[] => [`${name} ${figure}`, value]),
  ),
  ...series.flatMap(({ day, ...figures }) =>
    Object.entries(figures).map(([figure, value]): Cell[] => [`firstResponse ${figure} on ${day}`, value]),
  ),
]
