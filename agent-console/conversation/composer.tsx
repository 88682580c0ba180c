import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { ConversationId } from '../../shared/ids.ts'
import { characters, limits } from '../../shared/limits.ts'
import { isBlank } from '../../shared/text/blank.ts'
import { noticeTyping, type TypingMove, type TypingNotice } from '../../shared/typing.ts'
import { draftKey } from '../state/draft.ts'
import { useDesk, useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { AttachButton, Chosen, useAttachments } from './attachments.tsx'

/** Where the agent writes. What is written survives a reload until it is sent. */
export function Composer({ conversation }: { conversation: Conversation }) {
  const words = useWords()
  const { box, note, setNote, draft, typing, left, files, sendable, send, write } = useWriting(conversation)
  return (
    <form
      class={note ? 'composer composing-note' : 'composer'}
      {...files.taking}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Modes note={note} onChange={setNote} />
      {conversation.status === 'closed' && !note && <p class="composer-hint">{words.t('replyReopens')}</p>}
      <Chosen attachments={files.made} chosen={files.chosen} />
      <div class="composer-row">
        <AttachButton attachments={files.made} />
        <textarea
          ref={box}
          rows={1}
          dir={directionOf(draft.text)}
          value={draft.text}
          aria-label={words.t(note ? 'noteBox' : 'replyBox')}
          placeholder={words.t(note ? 'notePlaceholder' : 'replyPlaceholder')}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => sendOnEnter(event, send)}
          onBlur={typing.stop}
        />
        <SendButton label={words.t(note ? 'addNote' : 'send')} sendable={sendable} />
      </div>
      <Left left={left} />
    </form>
  )
}

/** What is being written here, and how it is sent. */
function useWriting(conversation: Conversation) {
  const desk = useDesk()
  const box = useRef<HTMLTextAreaElement>(null)
  const [note, setNote] = useState(false)
  const draft = useDraft(conversation.id)
  const typing = useTyping(conversation.id)
  const left = limits.messageCharacters - characters(draft.text)
  const files = useAttachments(conversation.id)
  const sendable = (!isBlank(draft.text) || files.isReady) && !files.isWaiting && left >= 0
  useGrowth(box, draft.text)

  const send = () => {
    if (!sendable) return
    const text = isBlank(draft.text) ? '' : draft.text.trim()
    desk.reply(conversation.id, text, note, files.handOver())
    draft.change('')
    typing.stop()
    box.current?.focus()
  }
  const write = (text: string) => {
    draft.change(text)
    if (!note) typing.wrote(text !== '')
  }
  return { box, note, setNote, draft, typing, left, files, sendable, send, write }
}

/** As it is written; an empty field would take its placeholder for left to right. */
const directionOf = (text: string) => (text ? 'auto' : undefined)

const SendButton = ({ label, sendable }: { label: string; sendable: boolean }) => (
  <button type="submit" class="button primary send" disabled={!sendable}>
    <span>{label}</span>
    <Icon name="send" size={18} />
  </button>
)

/** While an input method composes, Enter belongs to it. */
function sendOnEnter(event: KeyboardEvent, send: () => void): void {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  send()
}

function Left({ left }: { left: number }) {
  const words = useWords()
  if (left >= 200) return null
  return (
    <p class={left < 0 ? 'composer-count over' : 'composer-count'}>
      {left < 0 ? words.count('charactersOver', -left) : words.count('charactersLeft', left)}
    </p>
  )
}

function Modes({ note, onChange }: { note: boolean; onChange: (note: boolean) => void }) {
  const { t } = useWords()
  return (
    <fieldset class="modes" aria-label={t('writeAs')}>
      <button type="button" class="mode" aria-pressed={!note} onClick={() => onChange(false)}>
        {t('modeReply')}
      </button>
      <button type="button" class="mode" aria-pressed={note} onClick={() => onChange(true)}>
        <Icon name="note" size={14} />
        {t('modeNote')}
      </button>
    </fieldset>
  )
}

function useDraft(id: ConversationId) {
  const { keep } = useSurroundings()
  const me = useDeskState((desk) => desk.me.id)
  const key = draftKey(me, id)
  const [text, setText] = useState(() => keep.read(key) ?? '')
  const change = (next: string) => {
    setText(next)
    keep.write(key, next || null)
  }
  return { text, change }
}

/** Says that somebody writes: at once, then no more often than needed, and that they stopped. */
function useTyping(id: ConversationId) {
  const desk = useDesk()
  const notice = useRef<TypingNotice>(null)
  const tell = (type: TypingMove['type']) => {
    const next = noticeTyping(notice.current, { type }, desk.now())
    notice.current = next.notice
    if (next.send !== null) desk.typing(id, next.send)
  }
  const stop = () => tell('stopped')
  const wrote = (something: boolean) => tell(something ? 'pressed' : 'stopped')
  useEffect(() => stop, [id])
  return { wrote, stop }
}

/** As high as its text, up to what the style sheet allows. */
function useGrowth(box: { current: HTMLTextAreaElement | null }, text: string): void {
  useLayoutEffect(() => {
    const area = box.current
    if (!area || CSS.supports('field-sizing', 'content')) return
    area.style.blockSize = 'auto'
    area.style.blockSize = `${area.scrollHeight}px`
  }, [box, text])
}
