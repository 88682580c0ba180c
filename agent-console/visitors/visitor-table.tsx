import type { Outlook } from '../state/outlook.ts'
import { useDesk, useWords } from '../ui/context.tsx'
import { useMedia, useNow } from '../ui/hooks.tsx'
import type { TextKey } from '../ui/words.ts'
import type { Chosen } from './chosen.ts'
import { phoneSized, rowHeight } from './part.tsx'
import type { Steady } from './steady.tsx'
import { VisitorRow } from './visitor-row.tsx'

const columns: readonly { name: TextKey; class?: string }[] = [
  { name: 'columnVisitor' },
  { name: 'columnPage' },
  { name: 'columnPages', class: 'number' },
  { name: 'columnOnPage', class: 'number' },
  { name: 'columnOnSite', class: 'number wide-cell' },
  { name: 'columnState', class: 'middle-cell' },
  { name: 'columnDevice', class: 'wide-cell' },
  { name: 'columnCameFrom', class: 'wide-cell' },
]

interface VisitorTableProps {
  steady: Steady
  outlook: Outlook
  chosen: Chosen | null
  onChoose: (chosen: Chosen | null) => void
}

/** A site without a lead score has no column for it. */
const isScored = ({ rows }: Steady, { look: { query } }: Outlook): boolean =>
  query.order === 'score' || query.scoreAtLeast !== undefined || rows.some(({ score }) => score !== undefined)

/** Only the rows about the screen are there; the room above and below is as high as all others. */
export function VisitorTable({ steady, outlook, chosen, onChoose }: VisitorTableProps) {
  const { t, count } = useWords()
  const desk = useDesk()
  const now = useNow(desk.now)
  const row = rowHeight(useMedia(phoneSized))
  const { rows, from } = steady
  const scored = isScored(steady, outlook)
  const below = Math.max(0, outlook.total - from - rows.length)
  return (
    <div
      class="table-frame"
      onPointerEnter={steady.hold}
      onPointerLeave={steady.release}
      onFocusIn={steady.hold}
      onFocusOut={steady.release}
    >
      {steady.gathered > 0 && (
        <button type="button" class="button gathered" onClick={steady.refresh}>
          {count('moreArrived', steady.gathered)}
        </button>
      )}
      <div style={{ paddingBlock: `${from * row}px ${below * row}px` }}>
        <table class="table visitors" aria-label={t('liveVisitors')} aria-rowcount={outlook.total + 1}>
          <Head scored={scored} />
          <tbody>
            {rows.map((visitor, i) => (
              <VisitorRow
                key={visitor.visitId}
                {...{ visitor, now, outlook, scored, onChoose }}
                place={from + i}
                before={rows[i - 1]}
                chosen={chosen?.visitId === visitor.visitId}
              />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function Head({ scored }: { scored: boolean }) {
  const { t } = useWords()
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map((column) => (
          <th key={column.name} scope="col" class={column.class}>
            {t(column.name)}
          </th>
        ))}
        {scored && (
          <th scope="col" class="number cell-score">
            {t('columnScore')}
          </th>
        )}
        <th scope="col">
          <span class="out-of-sight">{t('columnAction')}</span>
        </th>
      </tr>
    </thead>
  )
}
