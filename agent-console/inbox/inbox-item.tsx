import { useMemo } from 'preact/hooks'
import type { InboxRow } from '../../shared/inbox.ts'
import { times } from '../../shared/limits.ts'
import { duesIn, levelOf } from '../due/dues.ts'
import { TimeLeft } from '../due/left.tsx'
import { PriorityMark } from '../due/priority.tsx'
import { useTargetHouse } from '../due/target-house.tsx'
import { hrefOf } from '../state/route.ts'
import { visitOf } from '../state/whereabouts.ts'
import { useDesk, useDeskState, useWords } from '../ui/context.tsx'
import { listTime, roughly, urgency } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { Avatar } from '../ui/parts.tsx'
import { visitorName } from '../ui/person.ts'
import { useTimeInSight } from './in-sight.tsx'

interface ItemProps {
  row: InboxRow
  open: boolean
}

/** Drawn anew only when it has changed itself, and its times while they are on the screen. */
export const InboxItem = ({ row, open }: ItemProps) =>
  useMemo(() => <Item row={row} open={open} />, [row, open])

function Item({ row, open }: ItemProps) {
  const words = useWords()
  const { now, ref } = useTimeInSight<HTMLLIElement>(useDesk().now)
  const { conversation } = row
  const name = visitorName(words, { name: row.visitorName, id: conversation.visitorId })
  const unread = open ? 0 : row.unread
  return (
    <li ref={ref}>
      <a
        class={unread > 0 ? 'inbox-item unread' : 'inbox-item'}
        href={hrefOf({ screen: 'inbox', conversationId: conversation.id })}
        aria-current={open ? 'page' : undefined}
      >
        <Avatar id={conversation.visitorId} name={row.visitorName} />
        <span class="inbox-item-body">
          <span class="inbox-item-line">
            <span class="inbox-item-name">
              <bdi>{name}</bdi>
            </span>
            {unread > 0 && <Unread n={unread} />}
            <Time row={row} now={now} />
          </span>
          <LastMessage row={row} />
          <Standing row={row} now={now} />
          <Foot row={row} />
        </span>
      </a>
    </li>
  )
}

const Unread = ({ n }: { n: number }) => (
  <span class="unread-dot">
    <span class="out-of-sight">{useWords().count('unread', n)}</span>
  </span>
)

/** The wait while somebody waits, else when it last changed. */
function Time({ row, now }: { row: InboxRow; now: number }) {
  const words = useWords()
  const { waitingSince, changedAt } = row.conversation
  if (waitingSince === null)
    return (
      <time class="inbox-item-time" dateTime={new Date(changedAt).toISOString()}>
        {listTime(words, changedAt, now)}
      </time>
    )
  const waited = Math.max(0, now - waitingSince)
  const level = useUrgency(row, now)
  return (
    <span class={`wait wait-${level}`}>
      <Icon name={level === 'over' ? 'alert' : 'clock'} size={13} />
      <span class="out-of-sight">{words.t('waitingFor')}</span>
      {roughly(words, waited)}
    </span>
  )
}

/** By what this team aims at for it; by the usual where that is not known yet. */
function useUrgency({ conversation }: InboxRow, now: number) {
  const house = useTargetHouse()
  const waited = now - (conversation.waitingSince ?? now)
  const due = house && duesIn(house, conversation).find(({ aim }) => aim !== 'resolution')
  if (!due) return urgency(waited, times.responseTarget)
  return levelOf(due, now) === 'over' ? 'over' : urgency(waited, Number.POSITIVE_INFINITY)
}

/** How much it presses, and how much time is left. */
function Standing({ row: { conversation }, now }: { row: InboxRow; now: number }) {
  if (conversation.status === 'closed') return null
  return (
    <span class="inbox-item-standing">
      <PriorityMark priority={conversation.priority} />
      <TimeLeft conversation={conversation} now={now} />
    </span>
  )
}

function LastMessage({ row }: { row: InboxRow }) {
  const { t } = useWords()
  const last = row.conversation.lastMessage
  if (!last) return <span class="inbox-item-text">{t('noMessagesYet')}</span>
  return (
    <span class="inbox-item-text">
      <bdi>{last.text || t('aFile')}</bdi>
    </span>
  )
}

/** Where the visitor is now, and who takes care of them. */
function Foot({ row }: { row: InboxRow }) {
  const { t } = useWords()
  const page = useDeskState((desk) => visitOf(desk.roster, row.conversation)?.page)
  const owner = useDeskState((desk) => desk.colleagues.find((one) => one.id === row.conversation.assigneeId))
  const mine = useDeskState((desk) => desk.me.id === row.conversation.assigneeId)
  const rating = row.conversation.survey.state === 'answered' ? row.conversation.survey.rating : null
  return (
    <span class="inbox-item-foot">
      {page && (
        <span class="inbox-item-page">
          <Icon name="page" size={13} />
          <bdi>{page.title || page.url}</bdi>
        </span>
      )}
      {rating !== null && (
        <span class="inbox-item-rating">
          <Icon name="star" size={13} />
          <span class="out-of-sight">{t('rating')}</span>
          {t('ratingOfFive', { rating })}
        </span>
      )}
      {(owner || mine) && (
        <span class="inbox-item-owner">
          <bdi>{mine ? t('you') : owner?.name}</bdi>
        </span>
      )}
    </span>
  )
}
