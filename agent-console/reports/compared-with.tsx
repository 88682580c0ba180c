import * as v from 'valibot'
import { useWords } from '../ui/context.tsx'
import { clockTime, fromDayToDay } from '../ui/format.ts'
import { dayAt } from './period.ts'
import { useScope } from './report-scope.tsx'

const CarriesBefore = v.object({ before: v.object({ from: v.number(), to: v.number() }) })

/** Which days the figures are held against; of days that are not over the ones before end at the same time of day. */
export function ComparedWith({ report }: { report: object }) {
  const words = useWords()
  const { zone } = useScope().reader
  const carries = v.safeParse(CarriesBefore, report)
  if (!carries.success) return null
  const { from: begin, to: end } = carries.output.before
  const last = dayAt(zone, end - 1)
  const days = fromDayToDay(words, dayAt(zone, begin), last)
  const isWhole = dayAt(zone, end) > last
  return (
    <p class="reports-clock">
      {isWhole
        ? words.t('comparedWith', { days })
        : words.t('comparedSoFar', { days, time: clockTime(words, end) })}
    </p>
  )
}
