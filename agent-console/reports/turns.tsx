import { useState } from 'preact/hooks'
import type { TurnInPieces } from '../../shared/metrics/turn-list.ts'
import { hrefOf } from '../state/route.ts'
import { useWords } from '../ui/context.tsx'
import { dayAndTime, duration } from '../ui/format.ts'
import { Cases } from './cases.tsx'
import { Files } from './files.tsx'
import { Listing } from './listing.tsx'
import { Narrowed } from './narrowed.tsx'
import { PagedList } from './paged-list.tsx'
import { Pieces } from './pieces.tsx'
import { narrowingOf } from './report-query.ts'
import { useScope } from './report-scope.tsx'

/** The arithmetic: every wait that went into the figures, or what one figure counts, each opening into its pieces. */
export function Turns() {
  const { t } = useWords()
  const { query, view } = useScope()
  // They are looked at one by one: there is nothing to compare.
  const { compare: _, ...asked } = { ...query, ...narrowingOf(view) }
  if (view.list !== undefined) return <Listing list={view.list} />
  if (view.figure !== undefined) return <Cases figure={view.figure} query={asked} />
  return (
    <section class="card turns" aria-labelledby="turns">
      <h2 id="turns">{t('turnsTitle')}</h2>
      <p class="field-hint">{t('turnsAbout')}</p>
      <Narrowed view={view} />
      <PagedList<TurnInPieces>
        path="turns"
        query={asked}
        none="noTurns"
        shown="turnsShown"
        keyOf={(turn) => `${turn.conversationId} ${turn.openedSeq}`}
        row={(turn) => <OneTurn turn={turn} />}
      />
      <Files isList report="turns" query={asked} />
    </section>
  )
}

const unanswered = {
  close: 'closedUnanswered',
  visitorGone: 'leftUnanswered',
  nothing: 'stillWaiting',
} as const

/** Closed, it says the wait on the clock of the report; opened, how it came about on each. */
function OneTurn({ turn }: { turn: TurnInPieces }) {
  const words = useWords()
  const { t } = words
  const { view } = useScope()
  const [open, setOpen] = useState(false)
  const wait = duration(words, (turn.response ?? turn.whole)[view.clock ?? 'wall'])
  return (
    <details class="turn" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="turn-wait">{turn.censored ? t('atLeast', { time: wait }) : wait}</span>
        <span class="turn-when">{dayAndTime(words, turn.openedAt)}</span>
        {turn.first && <span class="tag">{t('firstOfEpisode')}</span>}
        {turn.end.by !== 'reply' && <span class="tag loss">{t(unanswered[turn.end.by])}</span>}
      </summary>
      {open && <Pieces pieces={turn.pieces} whole={turn.whole} />}
      <a href={hrefOf({ screen: 'inbox', conversationId: turn.conversationId, entry: turn.openedSeq })}>
        {t('openConversation')}
      </a>
    </details>
  )
}
