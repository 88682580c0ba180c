import type { ReportFilter } from '../state/report-view.ts'
import { useWords } from '../ui/context.tsx'
import type { TextKey } from '../ui/words.ts'

export const filterNames: Record<ReportFilter, TextKey> = {
  site: 'site',
  team: 'filterTeam',
  agent: 'filterAgent',
  segment: 'filterSegment',
  language: 'filterLanguage',
  device: 'filterDevice',
  page: 'filterPage',
  proactive: 'filterProactive',
}

const isFilter = (name: string): name is ReportFilter => name in filterNames

interface NotAppliedProps {
  /** As they are called in the address; what is no filter stands there unseen and is not told. */
  names: readonly string[]
  /** Why not, with the names in `{what}`. */
  why: TextKey
}

/** What is asked for and narrows nothing here: nobody should take a figure for one that it is not. */
export function NotApplied({ names, why }: NotAppliedProps) {
  const { t, tag } = useWords()
  const told = names.filter(isFilter).map((name) => t(filterNames[name]))
  if (told.length === 0) return null
  return <p class="card not-enough">{t(why, { what: new Intl.ListFormat(tag).format(told) })}</p>
}
