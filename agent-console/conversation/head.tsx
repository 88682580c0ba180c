import { useState } from 'preact/hooks'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import { agentIdIn } from '../state/ids.ts'
import { visitOf } from '../state/whereabouts.ts'
import { useDesk, useDeskState, useMayWrite, useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { Avatar, Dot, IconButton } from '../ui/parts.tsx'
import { pathOf, visitorName } from '../ui/person.ts'
import { CloseUnasked } from './close-unasked.tsx'

interface HeadProps {
  conversation: Conversation
  name: string | null
  /** Null where the visitor stands beside the conversation anyway. */
  panel: { open: boolean; toggle: () => void } | null
}

export function Head({ conversation, name, panel }: HeadProps) {
  const words = useWords()
  const mayWrite = useMayWrite()
  const shown = visitorName(words, { name, id: conversation.visitorId })
  return (
    <header class="conversation-head">
      <a class="icon-button only-narrow" href="#/inbox" aria-label={words.t('backToInbox')}>
        <Icon name="back" />
      </a>
      <Avatar id={conversation.visitorId} name={name} />
      <div class="conversation-who">
        <h1 id="conversation-title">
          <bdi>{shown}</bdi>
        </h1>
        <LiveStrip conversation={conversation} />
      </div>
      {mayWrite && <Actions conversation={conversation} />}
      {panel && (
        <IconButton
          icon="panel"
          label={words.t('showVisitor')}
          expanded={panel.open}
          onClick={panel.toggle}
        />
      )}
    </header>
  )
}

/** The page the visitor is on, as it happens. */
function LiveStrip({ conversation }: { conversation: Conversation }) {
  const { t } = useWords()
  const visit = useDeskState((desk) => visitOf(desk.roster, conversation))
  if (!visit)
    return (
      <p class="strip">
        <Dot state="gone" />
        {t('notOnSite')}
      </p>
    )
  return (
    <p class="strip">
      <Dot state={visit.state} />
      <span class="out-of-sight">{t(visit.state === 'idle' ? 'idle' : 'active')}</span>
      <a
        class="strip-page"
        href={visit.page.url}
        target="_blank"
        rel="noopener noreferrer"
        title={visit.page.url}
      >
        <bdi>{visit.page.title || pathOf(visit.page.url)}</bdi>
      </a>
      {visit.page.title && (
        <span class="strip-path" dir="ltr">
          {pathOf(visit.page.url)}
        </span>
      )}
    </p>
  )
}

function Actions({ conversation }: { conversation: Conversation }) {
  const { t } = useWords()
  const desk = useDesk()
  const [failed, setFailed] = useState(false)
  const [busy, setBusy] = useState(false)
  const closed = conversation.status === 'closed'
  const turn = async () => {
    setBusy(true)
    setFailed((await (closed ? desk.reopen(conversation.id) : desk.close(conversation.id))) !== null)
    setBusy(false)
  }
  const label = t(closed ? 'reopenConversation' : 'closeConversation')
  return (
    <div class="conversation-actions">
      {failed && (
        <span class="inline-fault" role="alert">
          {t('notDone')}
        </span>
      )}
      <Owner conversation={conversation} onFailed={setFailed} />
      <button
        type="button"
        class="button"
        disabled={busy}
        onClick={() => void turn()}
        aria-label={label}
        title={label}
      >
        <Icon name={closed ? 'reopen' : 'check'} size={18} />
        <span class="wide-only">{label}</span>
      </button>
      {!closed && <CloseUnasked conversation={conversation} onFailed={setFailed} />}
    </div>
  )
}

function Owner({
  conversation,
  onFailed,
}: {
  conversation: Conversation
  onFailed: (failed: boolean) => void
}) {
  const { t } = useWords()
  const desk = useDesk()
  const me = useDeskState((state) => state.me)
  const colleagues = useDeskState((state) => state.colleagues)
  const others = colleagues.filter((one) => one.id !== me.id && one.role !== 'viewer')
  const assign = async (value: string) =>
    onFailed((await desk.assign(conversation.id, agentIdIn(value))) !== null)
  if (conversation.assigneeId === null)
    return (
      <button type="button" class="button" onClick={() => void assign(me.id)} title={t('assignToMe')}>
        <Icon name="person" size={18} />
        <span class="wide-only">{t('assignToMe')}</span>
        <span class="out-of-sight narrow-words">{t('assignToMe')}</span>
      </button>
    )
  return (
    <select
      class="select owner"
      aria-label={t('owner')}
      value={conversation.assigneeId}
      onChange={(event) => {
        const { value } = event.currentTarget
        // Until the server has said so it is not so.
        event.currentTarget.value = conversation.assigneeId ?? ''
        void assign(value)
      }}
    >
      <option value={me.id}>{t('ownerYou', { name: me.name })}</option>
      {others.map((one) => (
        <option key={one.id} value={one.id}>
          {one.name}
        </option>
      ))}
      <option value="">{t('nobody')}</option>
    </select>
  )
}
