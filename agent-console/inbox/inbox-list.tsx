import { useState } from 'preact/hooks'
import type { ConversationId } from '../../shared/ids.ts'
import type { InboxRow } from '../../shared/inbox.ts'
import { byRiskIn } from '../due/dues.ts'
import { useTargetHouse } from '../due/target-house.tsx'
import { hrefOf } from '../state/route.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { Choices, Empty, Fault, Skeleton } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'
import { InboxItem } from './inbox-item.tsx'
import { LabelFilter } from './label-filter.tsx'
import { type Older, useOlder } from './older.tsx'
import { type Filter, filters, rowsOf } from './order.ts'
import { OrderPicker, useOrder } from './order-picker.tsx'

const filterNames: Record<Filter, TextKey> = {
  open: 'inboxOpen',
  mine: 'inboxMine',
  unassigned: 'inboxUnassigned',
  closed: 'inboxClosed',
}

export function InboxList({ opened }: { opened: ConversationId | null }) {
  const { t } = useWords()
  const [filter, setFilter] = useState<Filter>('open')
  const [tag, setTag] = useState<string | null>(null)
  const [order, setOrder] = useOrder()
  const older = useOlder({ filter, tag, order })
  const house = useTargetHouse()
  const inbox = useDeskState((desk) => desk.inbox)
  const me = useDeskState((desk) => desk.me.id)
  const first = order === 'risk' && house ? byRiskIn(house) : undefined
  const rows = rowsOf(inbox, filter, me, first).filter((row) => isLabelled(row, tag))
  return (
    <section class="inbox" aria-labelledby="inbox-title">
      <header class="inbox-head">
        <h1 id="inbox-title">{t('inbox')}</h1>
        <a class="inbox-follow-ups" href={hrefOf({ screen: 'follow-ups' })}>
          {t('followUps')}
        </a>
        <Choices
          name={t('inboxFilter')}
          value={filter}
          onChange={setFilter}
          choices={filters.map((value) => ({ value, label: t(filterNames[value]) }))}
        />
        <LabelFilter onChange={setTag} />
        {filter !== 'closed' && <OrderPicker order={order} onChange={setOrder} />}
      </header>
      <Rows rows={rows} filter={filter} tag={tag} opened={opened} older={older} />
    </section>
  )
}

const isLabelled = ({ conversation }: InboxRow, tag: string | null): boolean =>
  tag === null || (conversation.tags?.includes(tag) ?? false)

interface RowsProps {
  rows: readonly InboxRow[]
  filter: Filter
  tag: string | null
  opened: ConversationId | null
  older: Older
}

function Rows({ rows, filter, tag, opened, older }: RowsProps) {
  const { t } = useWords()
  const ready = useDeskState((state) => state.ready)
  const moreOpen = useDeskState((state) => state.moreOpen)
  const mayHaveOlder = older.more ?? (filter !== 'closed' && moreOpen)
  if (!ready || (older.loading && rows.length === 0)) return <Skeleton rows={6} />
  return (
    <div class="inbox-scroll">
      {rows.length === 0 && !older.failed && <NothingHere filter={tag === null ? filter : 'labelled'} />}
      <ul class="inbox-rows" aria-label={t('conversations')} hidden={rows.length === 0}>
        {rows.map((row) => (
          <InboxItem key={row.conversation.id} row={row} open={row.conversation.id === opened} />
        ))}
      </ul>
      {older.failed && <Fault text={t('couldNotLoad')} again={older.load} />}
      {mayHaveOlder && !older.failed && (
        <button type="button" class="button quiet inbox-more" onClick={older.load} disabled={older.loading}>
          {t('showOlder')}
        </button>
      )}
    </div>
  )
}

const emptyTexts: Record<Filter | 'labelled', { title: TextKey; text: TextKey }> = {
  open: { title: 'inboxEmptyTitle', text: 'inboxEmptyText' },
  mine: { title: 'inboxEmptyMineTitle', text: 'inboxEmptyMineText' },
  unassigned: { title: 'inboxEmptyUnassignedTitle', text: 'inboxEmptyUnassignedText' },
  closed: { title: 'inboxEmptyClosedTitle', text: 'inboxEmptyClosedText' },
  labelled: { title: 'inboxEmptyLabelledTitle', text: 'inboxEmptyLabelledText' },
}

function NothingHere({ filter }: { filter: Filter | 'labelled' }) {
  const { t } = useWords()
  const { title, text } = emptyTexts[filter]
  return (
    <Empty icon={filter === 'closed' ? 'check' : 'inbox'} title={t(title)}>
      <p>{t(text)}</p>
      {filter === 'open' && (
        <p>
          <a href="#/settings">{t('getTheSnippet')}</a>
        </p>
      )}
    </Empty>
  )
}
