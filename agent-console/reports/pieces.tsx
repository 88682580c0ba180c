import type { OnClocks, SegmentLabel } from '../../shared/metrics/segments.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { duration, momentToSecond } from '../ui/format.ts'
import type { Words } from '../ui/words.ts'

type TimedPiece = { from: number; to: number; labels: SegmentLabel[] } & OnClocks

const clocks = [
  ['wall', 'clockWall'],
  ['business', 'clockBusiness'],
  ['staffed', 'clockStaffed'],
] as const

/** Who had it, from when to when, and what that comes to on each clock. */
export function Pieces({ pieces, whole }: { pieces: readonly TimedPiece[]; whole: OnClocks }) {
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
          {pieces.map((piece) => (
            <Piece key={piece.from} piece={piece} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {t('wholeWait')}
            </th>
            <Times ms={whole} />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

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
