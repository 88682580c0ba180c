import { useState } from 'preact/hooks'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import { limits } from '../../shared/limits.ts'
import { usePopover } from '../conditions/popover.tsx'
import { useDesk, useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { Field } from '../ui/parts.tsx'

interface Props {
  conversation: Conversation
  onFailed: (failed: boolean) => void
}

/** The other way to close: without asking how it was, for a reason that stands in the record. */
export function CloseUnasked({ conversation, onFailed }: Props) {
  const { t } = useWords()
  const desk = useDesk()
  const popover = usePopover()
  const [reason, setReason] = useState('')
  const close = async (event: Event) => {
    event.preventDefault()
    popover.hide(false)
    onFailed((await desk.close(conversation.id, reason)) !== null)
  }
  return (
    <div class="unasked" ref={popover.frame}>
      <button
        ref={popover.opener}
        type="button"
        class="icon-button"
        aria-label={t('closeUnasked')}
        title={t('closeUnasked')}
        aria-expanded={popover.open}
        onClick={() => (popover.open ? popover.hide(true) : popover.show())}
      >
        <Icon name="down" size={16} />
      </button>
      {popover.open && (
        <form class="menu unasked-form" onSubmit={(event) => void close(event)}>
          <Field label={t('unaskedReason')} hint={t('unaskedHint')}>
            {(ids) => (
              <input
                {...ids}
                class="input"
                dir="auto"
                required
                pattern=".*\S.*"
                maxLength={limits.reasonCharacters}
                value={reason}
                onInput={(event) => setReason(event.currentTarget.value)}
              />
            )}
          </Field>
          <button type="submit" class="button">
            {t('closeUnasked')}
          </button>
        </form>
      )}
    </div>
  )
}
