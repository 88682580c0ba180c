import type { Respect } from '../../shared/metrics/groups.ts'
import { waitBounds } from '../../shared/metrics/response-times.ts'
import { type ReportView, reportHref } from '../state/report-view.ts'
import { useWords } from '../ui/context.tsx'
import { roughly } from '../ui/format.ts'
import type { TextKey, Words } from '../ui/words.ts'
import { respectNames, useNames } from './breakdowns.tsx'
import { narrowedInWords } from './case-words.ts'
import { casesHref, withoutNarrowing } from './opens.ts'
import { whenOf } from './week-heat.tsx'

/** Says that the list is not all of it, and leads to all of it. */
export function Narrowed({ view }: { view: ReportView }) {
  const words = useWords()
  const { figure, by, key } = view
  const parts = [
    ...narrowedBy(words, view),
    ...(figure === undefined ? [] : narrowedInWords(words, figure, view)),
  ]
  if (parts.length === 0 && by === undefined) return null
  return (
    <p class="narrowed">
      {by !== undefined && <Line by={by} of={key ?? null} />}
      {parts.map((part) => words.t('turnsOnly', { what: part })).join(' ')}{' '}
      <a href={figure === undefined ? reportHref(withoutNarrowing(view)) : casesHref(view, figure)}>
        {words.t(figure === undefined ? 'turnsAll' : 'casesAll')}
      </a>
    </p>
  )
}

/** The line of a break-down that is looked at. */
function Line({ by, of }: { by: Respect; of: string | null }) {
  const { t } = useWords()
  const nameOf = useNames(by)
  return (
    <>
      {t(respectNames[by])}: <bdi>{nameOf(of)}</bdi>.{' '}
    </>
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
    ...(weekday === undefined && hour !== undefined ? [then.hour] : []),
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
