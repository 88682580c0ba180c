import type { ResponseTimes } from '../../../shared/metrics/response-times.ts'
import type { StaffedHour } from '../../../shared/metrics/staffing.ts'
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
]

export const staffingRows = ({ hours }: { hours: StaffedHour[] }): Cell[][] => [
  ['at', 'waiting mean', 'waiting max', 'online mean', 'online max'],
  ...hours.map(({ at, waiting, online }) => [
    new Date(at).toISOString(),
    ...[waiting.mean, waiting.max, online.mean, online.max],
  ]),
]
