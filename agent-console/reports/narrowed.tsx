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

function narrowedBy(words: Words, { measure, longerThan, upTo, weekday, hour }: ReportView): string[] {
  const { t } = words
  const name = measure === undefined ? undefined : measureNames[measure]
  const lengths = [
    longerThan === undefined ? null : t('longerThan', { time: roughly(words, Number(longerThan)) }),
    upTo === undefined ? null : t('upTo', { time: roughly(words, Number(upTo)) }),
  ].filter((one) => one !== null)
  const then = whenOf(words, Number(weekday ?? 1), Number(hour ?? 0))
  return [
    ...(name ? [t('turnsMeasure', { measure: t(name) })] : []),
    ...(lengths.length > 0 ? [t('turnsLength', { lengths: lengths.join(' · ') })] : []),
    ...(weekday === undefined ? [] : [t(hour === undefined ? 'turnsThatDay' : 'turnsThen', then)]),
  ]
}
