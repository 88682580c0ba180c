import { useState } from 'preact/hooks'
import { waited } from '../../shared/metrics/responses.ts'
import type { Segment, Turn } from '../../shared/metrics/turns.ts'
import { hrefOf } from '../state/route.ts'
import { useDesk, useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { dayAndTime, duration, fromTo } from '../ui/format.ts'
import { Fault, Skeleton } from '../ui/parts.tsx'
import type { ReportQuery, TurnsReport } from './answers.ts'
import { usePages } from './pages.tsx'

/** Asked for at once: each answer is worked out from all turns of the period. */
const pageSize = 50

/** The arithmetic: every wait that went into the figures, each opening into its pieces. */
export function Turns({ query }: { query: ReportQuery }) {
  const { t } = useWords()
  const [opened, setOpened] = useState(false)
  return (
    <details class="card turns" onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <span class="turns-title">{t('turnsTitle')}</span>
        <span class="quiet-words">{t('turnsAbout')}</span>
      </summary>
      {opened && <TurnList query={query} />}
    </details>
  )
}

function TurnList({ query }: { query: ReportQuery }) {
  const { t, count } = useWords()
  const { api } = useSurroundings()
  const turns = usePages(JSON.stringify(query), (cursor) =>
    api.get<TurnsReport>('/reports/turns', { ...query, limit: pageSize, cursor }),
  )
  const { items, total } = turns
  if (items.length === 0) {
    if (turns.failed) return <Fault text={t('couldNotLoad')} again={turns.more} />
    return turns.loading ? <Skeleton rows={4} /> : <p class="not-enough">{t('noTurns')}</p>
  }
  return (
    <>
      <ul class="turn-list">
        {items.map((turn) => (
          <li key={`${turn.conversationId} ${turn.openedSeq}`}>
            <OneTurn turn={turn} />
          </li>
        ))}
      </ul>
      <p class="turn-count" role="status">
        {count('turnsShown', total, { shown: items.length })}
      </p>
      {turns.failed && <Fault text={t('couldNotLoad')} again={turns.more} />}
      {turns.hasMore && !turns.failed && (
        <button type="button" class="button quiet" disabled={turns.loading} onClick={turns.more}>
          {t('showOlder')}
        </button>
      )}
    </>
  )
}

const unanswered = {
  close: 'closedUnanswered',
  visitorGone: 'leftUnanswered',
  nothing: 'stillWaiting',
} as const

function OneTurn({ turn }: { turn: Turn }) {
  const words = useWords()
  const { t } = words
  const desk = useDesk()
  const wait = duration(words, waited(turn, desk.now()))
  const answered = turn.end.by === 'reply'
  return (
    <details class="turn">
      <summary>
        <span class="turn-wait">{answered ? wait : t('atLeast', { time: wait })}</span>
        <span class="turn-when">{dayAndTime(words, turn.openedAt)}</span>
        {turn.first && <span class="tag">{t('firstOfEpisode')}</span>}
        {turn.end.by !== 'reply' && <span class="tag loss">{t(unanswered[turn.end.by])}</span>}
      </summary>
      <ol class="segments">
        {turn.segments.map((segment) => (
          <Piece key={segment.from} segment={segment} />
        ))}
      </ol>
      <a href={hrefOf({ screen: 'inbox', conversationId: turn.conversationId })}>{t('openConversation')}</a>
    </details>
  )
}

function Piece({ segment }: { segment: Segment }) {
  const words = useWords()
  const name = useDeskState((desk) =>
    segment.charge === 'agent' ? desk.colleagues.find((one) => one.id === segment.agentId)?.name : undefined,
  )
  const { from, to } = segment
  return (
    <li>
      <span class="segment-time">{duration(words, to - from)}</span>
      <bdi>{segment.charge === 'queue' ? words.t('inQueue') : (name ?? words.t('withAgent'))}</bdi>
      <span class="quiet-words">{fromTo(words, from, to)}</span>
    </li>
  )
}
