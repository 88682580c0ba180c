import type { ComponentChildren } from 'preact'
import type { CaseFigure } from '../../shared/metrics/case-figures.ts'
import type { ReportList } from '../state/report-lists.ts'
import { useWords } from '../ui/context.tsx'
import { duration, figure as inFigures } from '../ui/format.ts'
import { type CasesOf, casesHref, type ListOf, listHref } from './opens.ts'
import { useScope } from './report-scope.tsx'

export interface OpenedProps extends LinkedProps {
  figure: CaseFigure
  of?: CasesOf
}

interface LinkedProps {
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
export function Opened({ figure, of, ...shown }: OpenedProps) {
  const { view } = useScope()
  return <Linked href={casesHref(view, figure, of)} {...shown} />
}

interface ListedProps extends LinkedProps {
  list: ReportList
  of?: ListOf
}

/** The same for what is not made of cases. */
export function Listed({ list, of, ...shown }: ListedProps) {
  const { view } = useScope()
  return <Linked href={listHref(view, list, of)} {...shown} />
}

function Linked({ href, n, name, beside = false, children }: LinkedProps & { href: string }) {
  const words = useWords()
  const shown = children ?? inFigures(words, n)
  if (n === 0) return <>{shown}</>
  return (
    <a href={href} data-n={n} tabIndex={beside ? -1 : undefined}>
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
