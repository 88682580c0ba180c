import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { type ReportView, reportHref } from '../state/report-view.ts'
import type { ReportQuery } from './answers.ts'
import type { Reader } from './period.ts'

/** What the whole screen is looked at for. */
export interface ReportScope {
  view: ReportView
  query: ReportQuery
  reader: Reader
}

const Scope = createContext<ReportScope | null>(null)
export const ProvideScope = Scope.Provider

export function useScope(): ReportScope {
  const found = useContext(Scope)
  if (!found) throw new Error('Reports are drawn inside their screen.')
  return found
}

/** What is chosen stands in the address, so that it can be kept, shared and gone back to. */
export const go = (view: ReportView): void => {
  location.hash = reportHref(view)
}
