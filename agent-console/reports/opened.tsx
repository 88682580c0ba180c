import type { ComponentChildren } from 'preact'
import type { CaseFigure } from '../../shared/metrics/case-figures.ts'
import { useWords } from '../ui/context.tsx'
import { duration, figure as inFigures } from '../ui/format.ts'
import { type CasesOf, casesHref } from './opens.ts'
import { useScope } from './report-scope.tsx'

interface OpenedProps {
  figure: CaseFigure
  of?: CasesOf
  /** How much it counts: nothing leads nowhere. */
  n: number
  /** What it is of, for who does not see beside what it stands. */
  name?: string
  /** Another figure of the line leads there as well: who goes by keys comes by once. */
  beside?: boolean
  /** Instead of the number. */
  children?: ComponentChildren
}

/** A figure that leads to what it counts. */
export function Opened({ figure, of, n, name, beside = false, children }: OpenedProps) {
  const words = useWords()
  const { view } = useScope()
  const shown = children ?? inFigures(words, n)
  if (n === 0) return <>{shown}</>
  return (
    <a href={casesHref(view, figure, of)} data-n={n} tabIndex={beside ? -1 : undefined}>
      {name && <span class="out-of-sight">{name}: </span>}
      {shown}
    </a>
  )
}

/** A length of time as it is read, and to the millisecond for whatever reads the page. */
export function Length({ ms }: { ms: number | null }) {
  const words = useWords()
  return ms === null ? <>–</> : <data value={ms}>{duration(words, ms)}</data>
}

/** A length beside the figure of its line, leading to the same. */
export const LengthOpened = ({
  ms,
  ...opened
}: Omit<OpenedProps, 'beside' | 'children'> & { ms: number | null }) =>
  ms === null ? (
    <>–</>
  ) : (
    <Opened {...opened} beside>
      <Length ms={ms} />
    </Opened>
  )
