import { useState } from 'preact/hooks'
import type { OnClocks, SegmentLabel } from '../../shared/metrics/segments.ts'
import type { TurnInPieces } from '../../shared/metrics/turn-list.ts'
import { hrefOf } from '../state/route.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { dayAndTime, duration, momentToSecond } from '../ui/format.ts'
import { Fault, Skeleton } from '../ui/parts.tsx'
import type { Words } from '../ui/words.ts'
import type { ReportQuery, TurnsReport } from './answers.ts'
import { Files } from './files.tsx'
import { Narrowed } from './narrowed.tsx'
import { usePages } from './pages.tsx'
import { narrowingOf } from './report-query.ts'
import { useScope } from './report-scope.tsx'

/** Asked for at once: each answer is worked out from all turns of the period. */
const pageSize = 50

/** The arithmetic: every wait that went into the figures, each opening into its pieces. */
export function Turns() {
  const { t } = useWords()
  const { query, view } = useScope()
  // Waits are looked at one by one: there is nothing to compare.
  const { compare: _, ...asked } = { ...query, ...narrowingOf(view) }
  return (
    <section class="card turns" aria-labelledby="turns">
      <h2 id="turns">{t('turnsTitle')}</h2>
      <p class="field-hint">{t('turnsAbout')}</p>
      <Narrowed view={view} />
      <TurnList query={asked} />
      <Files report="turns" query={asked} />
    </section>
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
      {open && <Pieces turn={turn} />}
      <a href={hrefOf({ screen: 'inbox', conversationId: turn.conversationId, entry: turn.openedSeq })}>
        {t('openConversation')}
      </a>
    </details>
  )
}

const clocks = [
  ['wall', 'clockWall'],
  ['business', 'clockBusiness'],
  ['staffed', 'clockStaffed'],
] as const

function Pieces({ turn }: { turn: TurnInPieces }) {
  const { t } = useWords()
  return (
    <div class="table-scroll pieces">
      <table class="table figures-table">
        <thead>
          <tr>
            <th scope="col">{t('whoHadIt')}</th>
            <th scope="col">{t('fromWhen')}</th>
            <th scope="col">{t('untilWhen')}</th>
            {clocks.map(([clock, name]) => (
              <th key={clock} scope="col" class="number">
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {turn.pieces.map((piece) => (
            <Piece key={piece.from} piece={piece} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {t('wholeWait')}
            </th>
            <Times ms={turn.whole} />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

type TimedPiece = TurnInPieces['pieces'][number]

function Piece({ piece }: { piece: TimedPiece }) {
  const words = useWords()
  const { t } = words
  const { from, to, labels } = piece
  const [owner = 'queue', ...more] = labels
  return (
    <tr>
      <th scope="row">
        <Owner label={owner} />
        {more.map((label) => (
          <span key={label} class="tag">
            {t(label === 'outOfHours' ? 'labelOutOfHours' : 'labelAgentOffline')}
          </span>
        ))}
      </th>
      <td>{moment(words, from)}</td>
      <td>{moment(words, to)}</td>
      <Times ms={piece} />
    </tr>
  )
}

const moment = (words: Words, at: number) => (
  <time dateTime={new Date(at).toISOString()}>{momentToSecond(words, at)}</time>
)

const Times = ({ ms }: { ms: OnClocks }) => {
  const words = useWords()
  return (
    <>
      {clocks.map(([clock]) => (
        <td key={clock} class="number">
          {duration(words, ms[clock])}
        </td>
      ))}
    </>
  )
}

function Owner({ label }: { label: SegmentLabel }) {
  const { t } = useWords()
  const [how, agentId] = label.split(':')
  const name = useDeskState((desk) => desk.colleagues.find(({ id }) => id === agentId)?.name)
  if (how === 'queue') return <>{t('inQueue')}</>
  if (how === 'bot') return <>{t('withBot')}</>
  const who = name ?? t('withAgent')
  return <bdi>{how === 'transferred' ? t('transferredTo', { name: who }) : who}</bdi>
}
