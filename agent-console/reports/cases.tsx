import { useState } from 'preact/hooks'
import type { CaseFigure } from '../../shared/metrics/case-figures.ts'
import type { Case } from '../../shared/metrics/opened-case.ts'
import { hrefOf } from '../state/route.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { dayAndTime, duration } from '../ui/format.ts'
import type { ReportQuery } from './answers.ts'
import { figureNames, tagsOf } from './case-words.ts'
import { Files } from './files.tsx'
import { Narrowed } from './narrowed.tsx'
import { PagedList } from './paged-list.tsx'
import { Pieces } from './pieces.tsx'
import { useScope } from './report-scope.tsx'

/** Just what one figure counts, each opening into its pieces. */
export function Cases({ figure, query }: { figure: CaseFigure; query: ReportQuery }) {
  const { t } = useWords()
  const { view } = useScope()
  return (
    <section class="card turns" aria-labelledby="turns">
      <h2 id="turns">{t('casesTitle', { name: t(figureNames[figure]) })}</h2>
      <p class="field-hint">{t('casesAbout')}</p>
      <Narrowed view={view} />
      <PagedList<Case>
        path="cases"
        query={{ ...query }}
        none="noCases"
        shown="casesShown"
        keyOf={(one) => `${one.conversationId} ${one.episode} ${one.seq} ${one.agentId}`}
        row={(one) => <OneCase figure={figure} one={one} />}
      />
      <Files isList report="cases" query={{ ...query }} />
    </section>
  )
}

/** Closed, it says the length on the clock of the report; opened, how it came about on each. */
function OneCase({ figure, one }: { figure: CaseFigure; one: Case }) {
  const words = useWords()
  const { t } = words
  const { view } = useScope()
  const [open, setOpen] = useState(false)
  const { at, measured, pieces, agentId, conversationId, seq } = one
  const colleague = useDeskState((desk) => desk.colleagues.find(({ id }) => id === agentId)?.name)
  const length = duration(words, measured[view.clock ?? 'wall'])
  const isAtLeast = measured.censored || measured.open
  return (
    <details class="turn" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="turn-wait">{isAtLeast ? t('atLeast', { time: length }) : length}</span>
        <span class="turn-when">{dayAndTime(words, at)}</span>
        {tagsOf(words, figure, one).map(({ text, loss }) => (
          <span key={text} class={loss ? 'tag loss' : 'tag'}>
            {text}
          </span>
        ))}
        {agentId !== null && <bdi class="tag">{colleague ?? t('withAgent')}</bdi>}
      </summary>
      {open && <Pieces pieces={pieces} whole={measured} />}
      <a href={hrefOf({ screen: 'inbox', conversationId, entry: seq ?? undefined })}>
        {t('openConversation')}
      </a>
    </details>
  )
}
