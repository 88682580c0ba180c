import { useEffect, useRef, useState } from 'preact/hooks'
import type { VisitId } from '../../shared/ids.ts'
import type { LiveVisitor, VisitEvent, Visitor } from '../../shared/visitor.ts'
import { EarlierChats } from '../person/earlier-chats.tsx'
import { EarlierVisits } from '../person/earlier-visits.tsx'
import { Events } from '../person/events.tsx'
import { Attributes, Tags, VisitFacts } from '../person/facts.tsx'
import { Trail } from '../person/trail.tsx'
import { Why } from '../person/why.tsx'
import { WhyOnRecord } from '../person/why-on-record.tsx'
import { useDesk, useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded, useNow } from '../ui/hooks.tsx'
import { Avatar, IconButton, Skeleton } from '../ui/parts.tsx'
import { visitorName } from '../ui/person.ts'
import { Invite } from './invite.tsx'
import { Action } from './visitor-row.tsx'

interface Known {
  visitor: Visitor | null
  live: LiveVisitor | null
  events: VisitEvent[]
}

/** Who is not on the list any more is asked about this often, ms. */
const askEvery = 10_000

/** As the list tells it, else as the server answers; whoever has left stays as they were. */
function useVisitor(visitId: VisitId): { live: LiveVisitor | null; known: Known | null } {
  const { api } = useSurroundings()
  const desk = useDesk()
  const listed = useDeskState(({ outlook }) => outlook?.people.get(visitId) ?? null)
  const turn = Math.floor(useNow(desk.now, askEvery) / askEvery)
  const changed = listed ? `${listed.page.at} ${listed.events?.[0]?.at} ${listed.visitorId}` : turn
  const found = useLoaded(`${visitId} ${changed}`, () => api.get<Known>(`/visitors/${visitId}`))
  const last = useRef<LiveVisitor | null>(null)
  const live = listed ?? found.value?.live ?? null
  if (live) last.current = live
  const left = !listed && found.failed && last.current
  return { live: left ? { ...left, state: 'gone' } : last.current, known: found.value }
}

interface VisitorCardProps {
  visitId: VisitId
  inviting: boolean
  onClose: () => void
}

/** All that is known of somebody on the list, and the way to speak to them. */
export function VisitorCard({ visitId, inviting, onClose }: VisitorCardProps) {
  const words = useWords()
  const { live, known } = useVisitor(visitId)
  const card = useRef<HTMLElement>(null)
  const opener = useRef(document.activeElement)
  const close = () => {
    onClose()
    if (opener.current instanceof HTMLElement) opener.current.focus()
  }
  useEffect(() => {
    if (!inviting) card.current?.focus()
  }, [])
  const name = live ? visitorName(words, { name: live.name, id: live.visitorId ?? visitId }) : ''
  return (
    <aside
      ref={card}
      class="panel visitor-card"
      tabIndex={-1}
      aria-label={words.t('showVisitor')}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <IconButton icon="close" label={words.t('closePanel')} onClick={close} class="panel-close" />
      {live ? <About live={live} known={known} name={name} inviting={inviting} /> : <Skeleton rows={4} />}
    </aside>
  )
}

interface AboutProps {
  live: LiveVisitor
  known: Known | null
  name: string
  inviting: boolean
}

function About({ live, known, name, inviting }: AboutProps) {
  const { t } = useWords()
  const [speaking, setSpeaking] = useState(inviting)
  const email = live.email ?? known?.visitor?.email
  return (
    <>
      <header class="panel-who">
        <Avatar id={live.visitorId ?? live.visitId} name={live.name} size="l" />
        <h2 dir="auto">{name}</h2>
        {email && (
          <p class="panel-email">
            <bdi dir="ltr">{email}</bdi>
          </p>
        )}
        {(email || live.name) && !known?.visitor?.verified && (
          <p class="tag" title={t('unverifiedMeaning')}>
            {t('unverified')}
          </p>
        )}
        {live.state === 'gone' && <p class="panel-quiet">{t('notOnSite')}</p>}
        {!speaking && <Action visitor={live} onInvite={() => setSpeaking(true)} />}
      </header>
      {speaking && <Invite visitor={live} name={name} onDone={() => setSpeaking(false)} />}
      <VisitFacts visit={live} />
      <Trail visit={live} />
      <Events events={known?.events ?? live.events ?? []} />
      {live.state !== 'gone' ? (
        <Why visitId={live.visitId} />
      ) : (
        live.visitorId && <WhyOnRecord visitorId={live.visitorId} />
      )}
      <Tags tags={[...new Set([...(live.tags ?? []), ...(known?.live?.tags ?? [])])]} />
      <Attributes
        attributes={{ ...known?.visitor?.attributes, ...known?.live?.attributes, ...live.attributes }}
      />
      <EarlierVisits visitorId={live.visitorId} visit={live} />
      {live.visitorId && <EarlierChats visitorId={live.visitorId} but={live.conversationId} />}
    </>
  )
}
