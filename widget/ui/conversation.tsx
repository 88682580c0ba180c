import { useEffect, useRef } from 'preact/hooks'
import { type Place, timelineAt } from '../state/state.ts'
import { Composer } from './composer.tsx'
import { Log } from './log.tsx'
import { Survey } from './survey.tsx'
import type { View } from './view.ts'

export function ConversationScreen({ view, place }: { view: View; place: Place }) {
  const { conversation } = timelineAt(view.state, place)
  useEffect(() => {
    if (conversation) view.client.look(conversation.id)
  }, [conversation?.id, conversation?.seq])
  return (
    <>
      <Log view={view} place={place} />
      {view.ending && conversation?.status === 'open' && <EndQuestion view={view} place={place} />}
      {conversation?.status === 'closed' && (
        <Survey key={`${conversation.id}-${conversation.episode}`} view={view} conversation={conversation} />
      )}
      <Composer view={view} place={place} />
    </>
  )
}

/** Asked in the panel itself: a browser's dialog would stop the whole page. */
function EndQuestion({ view, place }: { view: View; place: Place }) {
  const { texts } = view.language
  const confirm = useRef<HTMLButtonElement>(null)
  useEffect(() => confirm.current?.focus(), [])
  const end = () => {
    const { conversation } = timelineAt(view.state, place)
    if (conversation) view.client.end(conversation.id)
    view.askToEnd(false)
  }
  return (
    <fieldset class="question">
      <legend>{texts.endQuestion}</legend>
      <div class="choices">
        <button ref={confirm} type="button" class="primary" onClick={end}>
          {texts.endConfirm}
        </button>
        <button type="button" class="quiet" onClick={() => view.askToEnd(false)}>
          {texts.endCancel}
        </button>
      </div>
    </fieldset>
  )
}
