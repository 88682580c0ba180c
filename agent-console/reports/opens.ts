import type { CaseFigure } from '../../shared/metrics/case-figures.ts'
import { type ReportView, reportHref, turnNarrowings } from '../state/report-view.ts'

/** Which of the cases behind a figure; all of them where nothing is said. */
export type CasesOf = Pick<
  ReportView,
  'bucket' | 'day' | 'weekday' | 'hour' | 'by' | 'key' | 'outcome' | 'unanswered' | 'state' | 'answer'
>

/** What the list of cases is narrowed by is of no meaning elsewhere. */
export const withoutNarrowing = (view: ReportView): ReportView => ({
  ...view,
  ...Object.fromEntries(turnNarrowings.map((name) => [name, undefined])),
})

/** Leads to what a figure counts, with the filters that it was counted with. */
export const casesHref = (view: ReportView, figure: CaseFigure, of: CasesOf = {}): string =>
  reportHref({ ...withoutNarrowing(view), ...of, figure, part: 'turns' })
