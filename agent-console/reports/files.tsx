import type { Query } from '../connection/api.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { useScope } from './report-scope.tsx'

interface FilesProps {
  report: string
  query?: Query
  /** Answered a part at a time, unless asked for as a file. */
  isList?: boolean
}

/** The same figures to take along: asked for with the same words as those on the screen. */
export function Files({ report, query, isList = false }: FilesProps) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const scope = useScope()
  const asked: Query = query ?? { ...scope.query }
  const address = (format: string) => api.address(`/reports/${report}`, { ...asked, format })
  return (
    <p class="report-file">
      <a class="button quiet" href={address('csv')} download>
        {t('downloadCsv')}
      </a>
      <a
        class="button quiet"
        href={address(isList ? 'json-file' : 'json')}
        download={`${report.replace('/', '-')}.json`}
      >
        {t('downloadJson')}
      </a>
    </p>
  )
}
