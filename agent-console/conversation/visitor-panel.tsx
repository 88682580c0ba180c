import type { ComponentChildren } from 'preact'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { hrefOf } from '../state/route.ts'
import { visitOf } from '../state/whereabouts.ts'
import { useDesk, useDeskState, useWords } from '../ui/context.tsx'
import { dayAndTime, listTime } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import { Icon } from '../ui/icons.tsx'
import { languageNames } from '../ui/language-names.ts'
import { Avatar, Fault, IconButton } from '../ui/parts.tsx'
import { hostOf, pathOf, visitorName } from '../ui/person.ts'
import type { TextKey } from '../ui/words.ts'
import { Events } from './events.tsx'
import { useKnown } from './known.tsx'
import { PanelPart } from './panel-part.tsx'
import { PersonData } from './person-data.tsx'
import { Trail } from './trail.tsx'

interface PanelProps {
  conversation: Conversation
  name: string | null
  /** Null where the panel stands beside the conversation for good. */
  onClose: (() => void) | null
}

/** Who the visitor is, where they have been, and what was said before. */
export function VisitorPanel({ conversation, name, onClose }: PanelProps) {
  const words = useWords()
  const visit = useDeskState((desk) => visitOf(desk.roster, conversation))
  const known = useKnown(conversation.visitorId)
  const shown = visitorName(words, { name: name ?? known?.name ?? null, id: conversation.visitorId })
  const email = visit?.email ?? known?.email ?? null
  return (
    <aside class={onClose ? 'panel panel-over' : 'panel'} aria-label={words.t('visitor')}>
      {onClose && (
        <IconButton icon="close" label={words.t('closePanel')} onClick={onClose} class="panel-close" />
      )}
      <header class="panel-who">
        <Avatar id={conversation.visitorId} name={name ?? known?.name ?? null} size="l" />
        <h2 dir="auto">{shown}</h2>
        {email && (
          <p class="panel-email">
            <bdi dir="ltr">{email}</bdi>
          </p>
        )}
        {(email || name) && !known?.verified && (
          <p class="tag" title={words.t('unverifiedMeaning')}>
            {words.t('unverified')}
          </p>
        )}
      </header>
      <Rating conversation={conversation} />
      {visit && <Facts visit={visit} />}
      <Trail visit={visit} />
      <Events events={visit?.events ?? []} />
      <Attributes attributes={known?.attributes ?? {}} />
      <EarlierChats conversation={conversation} />
      <PersonData visitorId={conversation.visitorId} />
    </aside>
  )
}

function Rating({ conversation }: { conversation: Conversation }) {
  const { t } = useWords()
  const { survey } = conversation
  if (survey.state === 'none') return null
  const states: Record<'due' | 'shown' | 'skipped', TextKey> = {
    due: 'surveyDue',
    shown: 'surveyShown',
    skipped: 'surveySkipped',
  }
  return (
    <PanelPart title="rating">
      {survey.state === 'answered' ? (
        <p class="panel-rating">
          <Stars rating={survey.rating} />
          {t('ratingOfFive', { rating: survey.rating })}
        </p>
      ) : (
        <p class="panel-quiet">{t(states[survey.state])}</p>
      )}
      {survey.state === 'answered' && survey.comment && (
        <blockquote class="rating-comment" dir="auto">
          {survey.comment}
        </blockquote>
      )}
    </PanelPart>
  )
}

const Stars = ({ rating }: { rating: number }) => (
  <span class="stars" aria-hidden="true">
    {[1, 2, 3, 4, 5].map((n) => (
      <span key={n} class={n <= rating ? 'star lit' : 'star'}>
        <Icon name="star" size={16} />
      </span>
    ))}
  </span>
)

function Facts({ visit }: { visit: LiveVisitor }) {
  const words = useWords()
  const { t } = words
  const { referrer } = visit.landing
  return (
    <PanelPart title="thisVisit">
      <dl class="facts">
        <Fact name="factDevice">
          <span class="with-icon">
            <Icon name={visit.device} size={14} />
            <bdi>{visit.browser || t(visit.device)}</bdi>
          </span>
        </Fact>
        <Fact name="factLanguage">
          <bdi>{languageNames[visit.locale]}</bdi>
        </Fact>
        <Fact name="factCameFrom">
          {referrer ? <bdi dir="ltr">{hostOf(referrer)}</bdi> : t('cameDirectly')}
        </Fact>
        <Fact name="factLanding">
          <bdi dir="ltr" title={visit.landing.url}>
            {pathOf(visit.landing.url)}
          </bdi>
        </Fact>
        <Fact name="factSince">{dayAndTime(words, visit.startedAt)}</Fact>
      </dl>
    </PanelPart>
  )
}

const Fact = ({ name, children }: { name: TextKey; children: ComponentChildren }) => (
  <div>
    <dt>{useWords().t(name)}</dt>
    <dd>{children}</dd>
  </div>
)

function Attributes({ attributes }: { attributes: Record<string, string | number | boolean> }) {
  const entries = Object.entries(attributes)
  if (entries.length === 0) return null
  return (
    <PanelPart title="attributes">
      <dl class="facts">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>
              <bdi>{name}</bdi>
            </dt>
            <dd>
              <bdi>{String(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </PanelPart>
  )
}

function EarlierChats({ conversation }: { conversation: Conversation }) {
  const words = useWords()
  const desk = useDesk()
  const inbox = useDeskState((state) => state.inbox)
  const { visitorId } = conversation
  const recalled = useLoaded(visitorId, () => desk.olderRows({ visitor: visitorId, limit: 20 }))
  const others = [...inbox.values()]
    .filter((row) => row.conversation.visitorId === visitorId)
    .filter((row) => row.conversation.id !== conversation.id)
    .sort((a, b) => b.conversation.changedAt - a.conversation.changedAt)
  return (
    <PanelPart title="earlierChats">
      {recalled.failed && <Fault text={words.t('couldNotLoad')} again={recalled.again} />}
      {others.length === 0 ? (
        !recalled.loading && !recalled.failed && <p class="panel-quiet">{words.t('noEarlierChats')}</p>
      ) : (
        <ul class="earlier">
          {others.map(({ conversation: { id, lastMessage, changedAt } }) => (
            <li key={id}>
              <a href={hrefOf({ screen: 'inbox', conversationId: id })}>
                <span class="earlier-text">
                  <bdi>{lastMessage ? lastMessage.text || words.t('aFile') : words.t('noMessagesYet')}</bdi>
                </span>
                <time dateTime={new Date(changedAt).toISOString()}>
                  {listTime(words, changedAt, Date.now())}
                </time>
              </a>
            </li>
          ))}
        </ul>
      )}
    </PanelPart>
  )
}
