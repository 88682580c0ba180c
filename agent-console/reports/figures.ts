import type { Figures } from '../../shared/metrics/column.ts'
import type { Satisfaction } from '../../shared/metrics/satisfaction.ts'
import { duration, figure, share } from '../ui/format.ts'
import type { Words } from '../ui/words.ts'

/** Below this a score is shown, but greyed: a few ratings more would change it. */
export const enoughRatings = 20
/** Below this a ninetieth percentile is one conversation by another name. */
const enoughTurns = 5

/** A figure as it may be shown. */
export type Shown = { known: true; text: string } | { known: false; text: string }

const unknown = (words: Words): Shown => ({ known: false, text: words.t('notEnoughData') })

export const shownDuration = (words: Words, ms: number | null): Shown =>
  ms === null ? unknown(words) : { known: true, text: duration(words, ms) }

/** A percentile far out needs as many values as there are fingers on a hand; null below. */
export const tellableP90 = ({ n, p90 }: Pick<Figures, 'n' | 'p90'>): number | null =>
  n < enoughTurns ? null : p90

export const shownPercentile = (words: Words, measure: Pick<Figures, 'n' | 'p90'>): Shown =>
  shownDuration(words, tellableP90(measure))

export const shownShare = (words: Words, value: number | null): Shown =>
  value === null ? unknown(words) : { known: true, text: share(words, value) }

export interface Score {
  score: Shown
  interval: string | null
  mean: string | null
  /** Too few answers to lean on. */
  grey: boolean
}

export function shownScore(
  words: Words,
  csat: Pick<Satisfaction, 'answered' | 'score' | 'low' | 'high' | 'mean'>,
): Score {
  const { low, high, mean } = csat
  return {
    score: shownShare(words, csat.score),
    interval:
      low === null || high === null
        ? null
        : words.t('interval', { low: share(words, low), high: share(words, high) }),
    mean: mean === null ? null : figure(words, mean, 1),
    grey: csat.answered < enoughRatings,
  }
}
