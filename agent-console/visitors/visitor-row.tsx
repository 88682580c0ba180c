import { isReturning, pageOf } from '../../shared/roster-query.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { scoreReasons } from '../person/score.tsx'
import type { Outlook } from '../state/outlook.ts'
import { hrefOf } from '../state/route.ts'
import { useMayWrite, useWords } from '../ui/context.tsx'
import { figure, roughly, share } from '../ui/format.ts'
import { Icon } from '../ui/icons.tsx'
import { languageOf } from '../ui/language-names.ts'
import { Avatar, Dot } from '../ui/parts.tsx'
import { hostOf, pathOf, visitorName } from '../ui/person.ts'
import type { Chosen } from './chosen.ts'

interface RowProps {
  visitor: LiveVisitor
  now: number
  outlook: Outlook
  /** In the whole list, from 0. */
  place: number
  /** Who stands above. */
  before: LiveVisitor | undefined
  chosen: boolean
  /** There is a column for the score. */
  scored: boolean
  onChoose: (chosen: Chosen | null) => void
}

export function VisitorRow({ visitor, now, outlook, place, before, chosen, scored, onChoose }: RowProps) {
  const words = useWords()
  const time = (since: number) => (visitor.state === 'gone' ? '' : roughly(words, now - since))
  const { visitId, engagedMs, scroll } = visitor
  const first = outlook.look.query.grouped && !isSamePage(visitor, before)
  const styles = [
    visitor.state === 'gone' ? 'left' : '',
    first ? 'first-of-page' : '',
    chosen ? 'chosen' : '',
  ]
  return (
    <tr class={styles.filter(Boolean).join(' ') || undefined} aria-rowindex={place + 2}>
      <Who visitor={visitor} chosen={chosen} onChoose={() => onChoose({ visitId, inviting: false })} />
      <PageCell visitor={visitor} here={first ? countOf(visitor, outlook) : undefined} />
      <td class="number cell-pages">{figure(words, visitor.pageViews)}</td>
      <td class="number cell-time">
        {time(visitor.page.at)}
        {scroll !== undefined && (
          <span class="cell-more">{words.t('scrolled', { share: share(words, scroll / 100) })}</span>
        )}
      </td>
      <td class="number wide-cell">
        {time(visitor.startedAt)}
        {engagedMs !== undefined && (
          <span class="cell-more">{words.t('engaged', { time: roughly(words, engagedMs) })}</span>
        )}
      </td>
      <StateCell visitor={visitor} />
      <Origin visitor={visitor} />
      {scored && <ScoreCell visitor={visitor} now={now} />}
      <td class="cell-action">
        <Action visitor={visitor} onInvite={() => onChoose({ visitId, inviting: true })} />
      </td>
    </tr>
  )
}

/** The reasons stand in the panel; here they are told to whoever asks. */
function ScoreCell({ visitor: { score }, now }: { visitor: LiveVisitor; now: number }) {
  const words = useWords()
  return (
    <td
      class="number cell-score"
      data-name={words.t('columnScore')}
      title={score && scoreReasons(words, score, now).join('\n')}
    >
      {score && figure(words, score.points)}
    </td>
  )
}

const isSamePage = (visitor: LiveVisitor, other: LiveVisitor | undefined): boolean =>
  other !== undefined && pageOf(visitor.page.url) === pageOf(other.page.url)

const countOf = (visitor: LiveVisitor, { pages }: Outlook): number | undefined =>
  pages.find(({ page }) => page === pageOf(visitor.page.url))?.n

interface WhoProps {
  visitor: LiveVisitor
  chosen: boolean
  onChoose: () => void
}

function Who({ visitor, chosen, onChoose }: WhoProps) {
  const words = useWords()
  const id = visitor.visitorId ?? visitor.visitId
  const tag = visitor.tags?.[0]
  return (
    <th scope="row">
      <span class="cell-person">
        <Avatar id={id} name={visitor.name} size="s" />
        <span class="person-words">
          <button
            type="button"
            class="person-name"
            aria-expanded={chosen}
            onClick={onChoose}
            onKeyDown={walk}
          >
            <bdi>{visitorName(words, { name: visitor.name, id })}</bdi>
          </button>
          <span class="cell-more">
            {isReturning(visitor) ? words.count('nthVisit', visitor.visits ?? 2) : words.t('firstVisit')}
            {tag && <bdi class="tag">{tag}</bdi>}
          </span>
        </span>
      </span>
    </th>
  )
}

function PageCell({ visitor: { page }, here }: { visitor: LiveVisitor; here: number | undefined }) {
  const { count } = useWords()
  return (
    <td class="cell-page">
      <span class="cell-page-title">
        <a href={page.url} target="_blank" rel="noopener noreferrer" title={page.url}>
          <bdi>{page.title || pathOf(page.url)}</bdi>
        </a>
        {here !== undefined && <span class="page-here">{count('peopleHere', here)}</span>}
      </span>
      <span class="cell-path">
        <bdi dir="ltr">{pathOf(pageOf(page.url))}</bdi>
      </span>
    </td>
  )
}

const stateNames = { active: 'active', idle: 'idle', gone: 'gone' } as const

const StateCell = ({ visitor: { state } }: { visitor: LiveVisitor }) => (
  <td class="middle-cell cell-state">
    <span class="with-icon">
      <Dot state={state} />
      {useWords().t(stateNames[state])}
    </span>
  </td>
)

function Origin({ visitor }: { visitor: LiveVisitor }) {
  const words = useWords()
  const { referrer } = visitor.landing
  const campaign = visitor.utm?.campaign ?? visitor.utm?.source
  return (
    <>
      <td class="wide-cell">
        <span class="with-icon">
          <Icon name={visitor.device} size={16} />
          <span class="out-of-sight">{words.t(visitor.device)}</span>
          <bdi>{visitor.browser}</bdi>
        </span>
        <span class="cell-more">
          <bdi>{languageOf(words, visitor.language ?? visitor.locale)}</bdi>
        </span>
      </td>
      <td class="wide-cell cell-referrer">
        {referrer ? (
          <bdi dir="ltr">{hostOf(referrer)}</bdi>
        ) : (
          <span class="quiet-words">{words.t('cameDirectly')}</span>
        )}
        {campaign && (
          <span class="cell-more">
            <bdi>{campaign}</bdi>
          </span>
        )}
      </td>
    </>
  )
}

export function Action({ visitor, onInvite }: { visitor: LiveVisitor; onInvite: () => void }) {
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
    <button type="button" class="button" onClick={onInvite}>
      {t('startChat')}
    </button>
  )
}

/** Up and down go from name to name; what comes into sight is asked for by the scrolling. */
function walk(event: KeyboardEvent): void {
  const way = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (way === 0 || !(event.target instanceof HTMLElement) || !event.target.matches('.person-name')) return
  const names = [...document.querySelectorAll<HTMLElement>('.visitors .person-name')]
  const next = names[names.indexOf(event.target) + way]
  if (!next) return
  event.preventDefault()
  next.focus()
  next.scrollIntoView({ block: 'nearest' })
}
