import type { Figures } from './column.ts'
import type { ResponseTimes } from './response-times.ts'
import type { Satisfaction } from './satisfaction.ts'
import type { Share } from './statistics.ts'
import type { Volume, VolumeCounts } from './volume.ts'

/** The headline of each report. */
export interface Overview {
  unit: 'ms'
  volume: VolumeCounts
  firstResponse: Figures
  response: Figures
  wait: Figures
  resolution: Figures
  abandoned: Share
  missed: Share
  promiseKept: Share
  csat: Pick<Satisfaction, 'answered' | 'shown' | 'score' | 'low' | 'high' | 'mean'>
  series: ResponseTimes['series']
}

export interface OverviewParts {
  responseTimes: ResponseTimes
  volume: Volume
  csat: Satisfaction
}

export function overview({ responseTimes, volume, csat }: OverviewParts): Overview {
  const { measures, shares, series } = responseTimes
  const { answered, shown, score, low, high, mean } = csat
  return {
    ...{ unit: 'ms', volume: volume.totals, ...shares, series },
    firstResponse: measures['firstResponse.customer'],
    response: measures.response,
    wait: measures.wait,
    resolution: measures['resolution.episode'],
    csat: { answered, shown, score, low, high, mean },
  }
}
