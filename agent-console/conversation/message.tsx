import type { ComponentChildren } from 'preact'
import type { EntryOf } from '../../shared/conversation/entry.ts'
import { deliveryState, type Pending, type Receipts } from '../../shared/timeline.ts'
import { useDesk, useDeskState, useWords } from '../ui/context.tsx'
import { clockTime } from '../ui/format.ts'
import { Icon, type IconName } from '../ui/icons.tsx'
import { pathOf } from '../ui/person.ts'
import type { TextKey } from '../ui/words.ts'
import { Files } from './files.tsx'
import { Linked } from './linked.tsx'

interface MessageProps {
  entry: EntryOf<'message'>
  /** The first of a run by the same author. */
  begins: boolean
  receipts: Receipts
  who: string
}

export function Message({ entry, begins, receipts, who }: MessageProps) {
  const side = entry.author.kind === 'visitor' ? 'theirs' : 'ours'
  const note = entry.visibility === 'note'
  return (
    <div class={`message ${side} ${note ? 'note' : ''} ${begins ? 'begins' : ''}`}>
      {begins && <Byline entry={entry} who={who} />}
      <Bubble text={entry.text} files={entry.files}>
        <Meta at={entry.at}>
          {side === 'ours' && !note && <State state={deliveryState(entry, receipts.visitor)} />}
        </Meta>
      </Bubble>
      {entry.page && begins && (
        <p class="message-page">
          <Icon name="page" size={13} />
          <bdi>{entry.page.title || pathOf(entry.page.url)}</bdi>
        </p>
      )}
    </div>
  )
}

/** Who speaks; for the visitor it is said once, out of sight, since the side shows it. */
function Byline({ entry, who }: { entry: EntryOf<'message'>; who: string }) {
  const { t } = useWords()
  const me = useDeskState((desk) => desk.me.id)
  const { author } = entry
  if (author.kind === 'visitor') return <p class="byline out-of-sight">{who}</p>
  const name = author.kind === 'system' ? t('automatic') : author.name
  const own = author.kind === 'agent' && author.id === me
  return (
    <p class="byline">
      {entry.visibility === 'note' && (
        <span class="note-word">
          <Icon name="note" size={13} />
          {t('note')}
        </span>
      )}
      {entry.auto && (
        <span class="note-word">
          <Icon name="proactive" size={13} />
          {t('invitation')}
        </span>
      )}
      <bdi>{own ? t('you') : name}</bdi>
    </p>
  )
}

interface BubbleProps {
  text: string
  files: Pending['files']
  children: ComponentChildren
}

const Bubble = ({ text, files, children }: BubbleProps) => (
  <div class="bubble">
    {text && (
      <span class="bubble-text" dir="auto">
        <Linked text={text} />
      </span>
    )}
    {files && <Files files={files} />}
    {children}
  </div>
)

function Meta({ at, children }: { at: number; children?: ComponentChildren }) {
  return (
    <span class="bubble-meta">
      <time dateTime={new Date(at).toISOString()}>{clockTime(useWords(), at)}</time>
      {children}
    </span>
  )
}

const states: Record<'sent' | 'delivered' | 'seen', { icon: IconName; text: TextKey }> = {
  sent: { icon: 'check', text: 'stateSent' },
  delivered: { icon: 'checks', text: 'stateDelivered' },
  seen: { icon: 'checks', text: 'stateSeen' },
}

function State({ state }: { state: keyof typeof states }) {
  const { t } = useWords()
  const { icon, text } = states[state]
  return (
    <span class={`state state-${state}`} title={t(text)}>
      <Icon name={icon} size={15} />
      <span class={state === 'seen' ? 'state-word' : 'out-of-sight'}>{t(text)}</span>
    </span>
  )
}

export function PendingMessage({ pending }: { pending: Pending }) {
  const { t } = useWords()
  const desk = useDesk()
  const note = desk.isNote(pending.clientId)
  const stuck = pending.state.name === 'notSent'
  const live = useDeskState(({ connection }) => connection.name === 'live')
  return (
    <div class={`message ours begins pending ${note ? 'note' : ''} ${stuck ? 'stuck' : ''}`}>
      {note && (
        <p class="byline">
          <span class="note-word">
            <Icon name="note" size={13} />
            {t('note')}
          </span>
        </p>
      )}
      <Bubble text={pending.text} files={pending.files}>
        <span class="bubble-meta">
          <Icon name={stuck ? 'alert' : 'clock'} size={13} />
          {t(stuck ? 'stateNotSent' : live ? 'stateSending' : 'stateQueued')}
        </span>
      </Bubble>
      {stuck && (
        <p class="message-actions">
          <button type="button" class="button quiet" onClick={() => desk.retry(pending.clientId)}>
            {t('tryAgain')}
          </button>
          <button type="button" class="button quiet" onClick={() => desk.discard(pending.clientId)}>
            {t('deleteMessage')}
          </button>
        </p>
      )}
    </div>
  )
}
