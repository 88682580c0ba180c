import { useEffect, useRef, useState } from 'preact/hooks'
import { characters, limits } from '../../shared/limits.ts'
import { isBlank } from '../../shared/text/blank.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import type { TextKey } from '../ui/words.ts'

/** `waits`: no page of theirs is open that could show it. */
type State = 'writing' | 'sending' | 'failed' | 'conflict' | 'sent' | 'waits'

/** Speaks first to somebody on the site. */
export function Invite({
  visitor,
  name,
  onDone,
}: {
  visitor: LiveVisitor
  name: string
  onDone: () => void
}) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const box = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [state, setState] = useState<State>('writing')
  useEffect(() => box.current?.focus(), [])
  const sendable = !isBlank(text) && characters(text) <= limits.messageCharacters
  const send = async (event: Event) => {
    event.preventDefault()
    if (!sendable || state === 'sending') return
    setState('sending')
    const said = { text: text.trim() }
    const answer = await api.send<{ reaches: string }>('POST', `/visitors/${visitor.visitId}/invite`, said)
    if (!answer.ok) return setState(answer.error.code === 'conflict' ? 'conflict' : 'failed')
    const isSeen = answer.value.reaches === 'now'
    setState(isSeen ? 'sent' : 'waits')
    setTimeout(onDone, isSeen ? 2_500 : 8_000)
  }
  if (state === 'sent' || state === 'waits')
    return (
      <p class="invite-sent" role="status">
        {t(state === 'sent' ? 'inviteSent' : 'inviteWaits', { name })}
      </p>
    )
  return (
    <form class="invite" onSubmit={(event) => void send(event)}>
      <textarea
        ref={box}
        rows={2}
        dir={text ? 'auto' : undefined}
        aria-label={t('inviteTo', { name })}
        placeholder={t('inviteTo', { name })}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => leaveOnEscape(event, onDone)}
      />
      <Actions
        fault={state === 'failed' ? 'inviteFailed' : state === 'conflict' ? 'inviteConflict' : null}
        sendable={sendable && state !== 'sending'}
        onCancel={onDone}
      />
    </form>
  )
}

/** The card around it closes by the same key, at the next press. */
function leaveOnEscape(event: KeyboardEvent, leave: () => void): void {
  if (event.key !== 'Escape') return
  event.stopPropagation()
  leave()
}

interface ActionsProps {
  fault: TextKey | null
  sendable: boolean
  onCancel: () => void
}

function Actions({ fault, sendable, onCancel }: ActionsProps) {
  const { t } = useWords()
  return (
    <div class="invite-actions">
      {fault && (
        <span class="inline-fault" role="alert">
          {t(fault)}
        </span>
      )}
      <button type="button" class="button quiet" onClick={onCancel}>
        {t('cancel')}
      </button>
      <button type="submit" class="button primary" disabled={!sendable}>
        {t('invite')}
      </button>
    </div>
  )
}
