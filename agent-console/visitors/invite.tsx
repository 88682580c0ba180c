import { useEffect, useRef, useState } from 'preact/hooks'
import { characters, limits } from '../../shared/limits.ts'
import { isBlank } from '../../shared/text/blank.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'

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
  const [state, setState] = useState<'writing' | 'sending' | 'failed' | 'sent'>('writing')
  useEffect(() => box.current?.focus(), [])
  const sendable = !isBlank(text) && characters(text) <= limits.messageCharacters
  const send = async (event: Event) => {
    event.preventDefault()
    if (!sendable || state === 'sending') return
    setState('sending')
    const answer = await api.send('POST', `/visitors/${visitor.visitId}/invite`, { text: text.trim() })
    setState(answer.ok ? 'sent' : 'failed')
    if (answer.ok) setTimeout(onDone, 2_500)
  }
  if (state === 'sent')
    return (
      <p class="invite-sent" role="status">
        {t('inviteSent', { name })}
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
        onKeyDown={(event) => event.key === 'Escape' && onDone()}
      />
      <Actions failed={state === 'failed'} sendable={sendable && state !== 'sending'} onCancel={onDone} />
    </form>
  )
}

interface ActionsProps {
  failed: boolean
  sendable: boolean
  onCancel: () => void
}

function Actions({ failed, sendable, onCancel }: ActionsProps) {
  const { t } = useWords()
  return (
    <div class="invite-actions">
      {failed && (
        <span class="inline-fault" role="alert">
          {t('inviteFailed')}
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
