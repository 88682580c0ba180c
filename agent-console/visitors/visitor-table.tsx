import { useState } from 'preact/hooks'
import type { VisitId } from '../../shared/ids.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { hrefOf } from '../state/route.ts'
import { useDesk, useMayWrite, useWords } from '../ui/context.tsx'
import { figure, roughly } from '../ui/format.ts'
import { useNow } from '../ui/hooks.tsx'
import { Icon } from '../ui/icons.tsx'
import { Avatar, Dot } from '../ui/parts.tsx'
import { hostOf, pathOf, visitorName } from '../ui/person.ts'
import type { TextKey } from '../ui/words.ts'
import { Invite } from './invite.tsx'
import type { Steady } from './steady.tsx'

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

export function VisitorTable({ steady }: { steady: Steady }) {
  const { t, count } = useWords()
  const desk = useDesk()
  const now = useNow(desk.now)
  const [inviting, setInviting] = useState<VisitId | null>(null)
  return (
    <div
      class="table-frame"
      onPointerEnter={steady.hold}
      onPointerLeave={steady.release}
      onFocusIn={steady.hold}
      onFocusOut={steady.release}
    >
      {steady.gathered > 0 && (
        <button type="button" class="button quiet gathered" onClick={steady.refresh}>
          {count('moreArrived', steady.gathered)}
        </button>
      )}
      <table class="table visitors" aria-label={t('liveVisitors')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" class={column.class}>
                {t(column.name)}
              </th>
            ))}
            <th scope="col">
              <span class="out-of-sight">{t('columnAction')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {steady.rows.map((visitor) => (
            <Row
              key={visitor.visitId}
              visitor={visitor}
              now={now}
              inviting={inviting === visitor.visitId}
              onInvite={setInviting}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  visitor: LiveVisitor
  now: number
  inviting: boolean
  onInvite: (visitId: VisitId | null) => void
}

function Row({ visitor, now, inviting, onInvite }: RowProps) {
  const words = useWords()
  const name = visitorName(words, { name: visitor.name, id: visitor.visitorId ?? visitor.visitId })
  const time = (since: number) => (visitor.state === 'gone' ? '' : roughly(words, now - since))
  return (
    <>
      <tr class={visitor.state === 'gone' ? 'left' : undefined}>
        <th scope="row">
          <span class="cell-person">
            <Avatar id={visitor.visitorId ?? visitor.visitId} name={visitor.name} size="s" />
            <bdi>{name}</bdi>
          </span>
        </th>
        <td class="cell-page">
          <a href={visitor.page.url} target="_blank" rel="noopener noreferrer" title={visitor.page.url}>
            <bdi>{visitor.page.title || pathOf(visitor.page.url)}</bdi>
          </a>
          <span class="cell-path">
            <bdi dir="ltr">{pathOf(visitor.page.url)}</bdi>
          </span>
        </td>
        <td class="number">{figure(words, visitor.pageViews)}</td>
        <td class="number">{time(visitor.page.at)}</td>
        <td class="number wide-cell">{time(visitor.startedAt)}</td>
        <StateCell visitor={visitor} />
        <Origin visitor={visitor} />
        <td class="cell-action">
          <Action visitor={visitor} inviting={inviting} onInvite={onInvite} />
        </td>
      </tr>
      {inviting && (
        <tr class="invite-row">
          <td colSpan={columns.length + 1}>
            <Invite visitor={visitor} name={name} onDone={() => onInvite(null)} />
          </td>
        </tr>
      )}
    </>
  )
}

const stateNames = { active: 'active', idle: 'idle', gone: 'gone' } as const

const StateCell = ({ visitor: { state } }: { visitor: LiveVisitor }) => (
  <td class="middle-cell">
    <span class="with-icon">
      <Dot state={state} />
      {useWords().t(stateNames[state])}
    </span>
  </td>
)

function Origin({ visitor }: { visitor: LiveVisitor }) {
  const { t } = useWords()
  const { referrer } = visitor.landing
  return (
    <>
      <td class="wide-cell">
        <span class="with-icon">
          <Icon name={visitor.device} size={16} />
          <span class="out-of-sight">{t(visitor.device)}</span>
          <bdi>{visitor.browser}</bdi>
        </span>
      </td>
      <td class="wide-cell cell-referrer">
        {referrer ? (
          <bdi dir="ltr">{hostOf(referrer)}</bdi>
        ) : (
          <span class="quiet-words">{t('cameDirectly')}</span>
        )}
      </td>
    </>
  )
}

function Action({ visitor, inviting, onInvite }: Omit<RowProps, 'now'>) {
  const { t } = useWords()
  const mayWrite = useMayWrite()
  if (visitor.conversationId)
    return (
      <a class="button quiet" href={hrefOf({ screen: 'inbox', conversationId: visitor.conversationId })}>
        {t('openChat')}
      </a>
    )
  if (!mayWrite || visitor.state === 'gone') return null
  return (
    <button
      type="button"
      class="button"
      aria-expanded={inviting}
      onClick={() => onInvite(inviting ? null : visitor.visitId)}
    >
      {t('startChat')}
    </button>
  )
}
