import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { characters, limits } from '../../shared/limits.ts'
import { noticeTyping, type TypingMove, type TypingNotice } from '../../shared/typing.ts'
import { keep } from '../page/keep.ts'
import { type Place, timelineAt } from '../state/state.ts'
import { Icon } from './icons.tsx'
import type { View } from './view.ts'

/** One field to write in. Enter sends, Shift and Enter begins a line, and a draft is never lost. */
export function Composer({ view, place }: { view: View; place: Place }) {
  const { host, client, language } = view
  const texts = language.texts
  const [text, setText] = useState(host.memory.held?.draft ?? '')
  const field = useRef<HTMLTextAreaElement>(null)
  const typing = useTyping(view, place)
  const over = characters(text) - limits.messageCharacters

  useLayoutEffect(() => grow(field.current), [text])
  const change = (next: string) => {
    setText(next)
    keep(host, { draft: next })
    typing(next.trim() ? 'pressed' : 'stopped')
  }
  const send = () => {
    if (!text.trim() || over > 0) return
    client.write(text.trim(), place)
    change('')
    field.current?.focus()
    if (view.screen.name === 'home') view.go({ name: 'conversation', place })
  }
  return (
    <div class="composer">
      {over > 0 && <p class="over">{language.plural(texts.tooLong, over)}</p>}
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          dir={text ? 'auto' : undefined}
          aria-label={texts.message}
          placeholder={placeholderOf(view, place)}
          value={text}
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={(event) => sendsBy(event) && send()}
          onBlur={() => typing('stopped')}
        />
        <button
          type="button"
          class="send"
          aria-label={texts.send}
          disabled={!text.trim() || over > 0}
          onClick={send}
        >
          <Icon name="send" />
        </button>
      </div>
    </div>
  )
}

const placeholderOf = ({ state, language: { texts } }: View, place: Place): string =>
  timelineAt(state, place).conversation?.status === 'closed' ? texts.writeAgain : texts.messagePlaceholder

/** Enter sends. Within an input method it chooses a word; some browsers say so only by the code 229. */
function sendsBy(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return false
  event.preventDefault()
  return true
}

/** Tells the other side of typing, renewed as long as it goes on. */
function useTyping({ client, state, now }: View, place: Place) {
  const notice = useRef<TypingNotice>(null)
  return (type: TypingMove['type']) => {
    const { conversation } = timelineAt(state, place)
    if (!conversation) return
    const next = noticeTyping(notice.current, { type }, now())
    notice.current = next.notice
    if (next.send !== null) client.typing(conversation.id, next.send)
  }
}

/** As high as its text, up to the six lines the sheet allows. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return
  field.style.blockSize = 'auto'
  field.style.blockSize = `${field.scrollHeight}px`
}
