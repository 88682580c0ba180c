import type { Conversation } from '../../shared/conversation/conversation.ts'
import { EarlierChats } from '../person/earlier-chats.tsx'
import { EarlierVisits } from '../person/earlier-visits.tsx'
import { Events } from '../person/events.tsx'
import { Attributes, Tags, VisitFacts } from '../person/facts.tsx'
import { Trail } from '../person/trail.tsx'
import { Why } from '../person/why.tsx'
import { WhyOnRecord } from '../person/why-on-record.tsx'
import { visitOf } from '../state/whereabouts.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { Avatar, IconButton } from '../ui/parts.tsx'
import { visitorName } from '../ui/person.ts'
import { DuePart } from './due-part.tsx'
import { FollowUpPart } from './follow-up-part.tsx'
import { useKnown } from './known.tsx'
import { PersonData } from './person-data.tsx'
import { SurveyPart } from './survey-part.tsx'
import { TagsPart } from './tags-part.tsx'

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
      <DuePart conversation={conversation} />
      <SurveyPart conversation={conversation} />
      <FollowUpPart conversation={conversation} />
      <TagsPart conversation={conversation} />
      {visit && <VisitFacts visit={visit} />}
      <Trail visit={visit} />
      <Events events={visit?.events ?? []} />
      {visit ? <Why visitId={visit.visitId} /> : <WhyOnRecord visitorId={conversation.visitorId} />}
      <Tags tags={visit?.tags ?? []} />
      <Attributes attributes={{ ...visit?.attributes, ...known?.attributes }} />
      <EarlierVisits visitorId={conversation.visitorId} visit={visit} />
      <EarlierChats visitorId={conversation.visitorId} but={conversation.id} />
      <PersonData visitorId={conversation.visitorId} />
    </aside>
  )
}
