import { waitBounds } from '../../shared/metrics/response-times.ts'
import { type ReportView, reportHref, turnNarrowings } from '../state/report-view.ts'
import { useWords } from '../ui/context.tsx'
import { roughly } from '../ui/format.ts'
import type { TextKey, Words } from '../ui/words.ts'
import { whenOf } from './week-heat.tsx'

/** Says that the list is not all of it, and leads to all of it. */
export function Narrowed({ view }: { view: ReportView }) {
  const words = useWords()
  const parts = narrowedBy(words, view)
  if (parts.length === 0) return null
  const all = { ...view, ...Object.fromEntries(turnNarrowings.map((name) => [name, undefined])) }
  return (
    <p class="narrowed">
      {parts.map((part) => words.t('turnsOnly', { what: part })).join(' ')}{' '}
      <a href={reportHref(all)}>{words.t('turnsAll')}</a>
    </p>
  )
}

const measureNames: Partial<Record<string, TextKey>> = {
  'firstResponse.customer': 'firstResponse',
  'firstResponse.human': 'firstResponseHuman',
  response: 'responseTimes',
}

function narrowedBy(words: Words, { measure, bucket, weekday, hour }: ReportView): string[] {
  const { t } = words
  const name = measure === undefined ? undefined : measureNames[measure]
  const then = whenOf(words, Number(weekday ?? 1), Number(hour ?? 0))
  return [
    ...(name ? [t('turnsMeasure', { measure: t(name) })] : []),
    ...(bucket === undefined ? [] : [t('turnsLength', { lengths: lengthsOf(words, bucket) })]),
    ...(weekday === undefined ? [] : [t(hour === undefined ? 'turnsThatDay' : 'turnsThen', then)]),
  ]
}

/** As the distribution calls them. */
function lengthsOf(words: Words, bucket: string): string {
  const said = (ms: number) => roughly(words, ms)
  const last = waitBounds.at(-1) ?? 0
  if (bucket === 'more') return words.t('longerThan', { time: said(last) })
  const before = waitBounds[waitBounds.indexOf(Number(bucket)) - 1]
  const upTo = words.t('upTo', { time: said(Number(bucket)) })
  return before === undefined ? upTo : `${words.t('longerThan', { time: said(before) })} · ${upTo}`
}
