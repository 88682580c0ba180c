import type { Query } from '../connection/api.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { useScope } from './report-scope.tsx'

/** The same figures to take along: asked for with the same words as those on the screen. */
export function Files({ report, more = {} }: { report: string; more?: Query }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const { query } = useScope()
  const address = (format: 'csv' | 'json') => api.address(`/reports/${report}`, { ...query, ...more, format })
  return (
    <p class="report-file">
      <a class="button quiet" href={address('csv')} download>
        {t('downloadCsv')}
      </a>
      <a class="button quiet" href={address('json')} download={`${report}.json`}>
        {t('downloadJson')}
      </a>
    </p>
  )
}
