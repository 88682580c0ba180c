import type { CaseFigure } from '../../shared/metrics/case-figures.ts'
import type { ReportList } from '../state/report-lists.ts'
import { listNarrowings, type ReportView, reportHref, turnNarrowings } from '../state/report-view.ts'

/** Which of the cases behind a figure; all of them where nothing is said. */
export type CasesOf = Pick<
  ReportView,
  'bucket' | 'day' | 'weekday' | 'hour' | 'by' | 'key' | 'outcome' | 'unanswered' | 'state' | 'answer'
>

/** What the list of cases is narrowed by is of no meaning elsewhere. */
export const withoutNarrowing = (view: ReportView): ReportView => ({
  ...view,
  ...Object.fromEntries([...turnNarrowings, ...listNarrowings].map((name) => [name, undefined])),
})

/** Leads to what a figure counts, with the filters that it was counted with. */
export const casesHref = (view: ReportView, figure: CaseFigure, of: CasesOf = {}): string =>
  reportHref({ ...withoutNarrowing(view), ...of, figure, part: 'turns' })

export type ListOf = Pick<ReportView, 'rule' | 'variant' | 'cause' | 'category'>

/** The same for what is not made of cases. */
export const listHref = (view: ReportView, list: ReportList, of: ListOf = {}): string =>
  reportHref({ ...withoutNarrowing(view), ...of, list, part: 'turns' })
