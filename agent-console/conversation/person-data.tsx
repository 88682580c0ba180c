import { useEffect, useRef, useState } from 'preact/hooks'
import type { VisitorId } from '../../shared/ids.ts'
import { PanelPart } from '../person/panel-part.tsx'
import { useMayErase, useSurroundings, useWords } from '../ui/context.tsx'

/** All that is held of somebody: to be handed out, or to be let go. */
export function PersonData({ visitorId }: { visitorId: VisitorId }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const mayErase = useMayErase()
  if (!mayErase) return null
  return (
    <PanelPart title="theirData">
      <p class="panel-quiet">{t('theirDataAbout')}</p>
      <div class="panel-acts">
        <a class="button" href={api.address(`/visitors/${visitorId}/export`)} download>
          {t('downloadData')}
        </a>
        <Erase key={visitorId} visitorId={visitorId} />
      </div>
    </PanelPart>
  )
}

/** Asks first: nobody can take it back. */
function Erase({ visitorId }: { visitorId: VisitorId }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const [state, setState] = useState<'resting' | 'asking' | 'erasing' | 'failed'>('resting')
  const erase = async () => {
    setState('erasing')
    const answer = await api.send('DELETE', `/visitors/${visitorId}`)
    // Erased, the conversation leaves the screen by itself, this with it.
    setState(answer.ok ? 'resting' : 'failed')
  }
  const isAsking = state !== 'resting'
  const wasAsking = useRef(false)
  const first = useRef<HTMLButtonElement>(null)
  // What was pressed has left the screen; the focus goes to what harms nobody in its place.
  useEffect(() => {
    if (isAsking !== wasAsking.current) first.current?.focus()
    wasAsking.current = isAsking
  }, [isAsking])
  if (!isAsking)
    return (
      <button ref={first} type="button" class="button" onClick={() => setState('asking')}>
        {t('erasePerson')}
      </button>
    )
  return (
    <fieldset class="panel-sure" aria-label={t('erasePerson')}>
      <p>{t('eraseSure')}</p>
      {state === 'failed' && (
        <p class="inline-fault" role="alert">
          {t('notDone')}
        </p>
      )}
      <button type="button" class="button loss" disabled={state === 'erasing'} onClick={() => void erase()}>
        {t('eraseForGood')}
      </button>
      <button
        ref={first}
        type="button"
        class="button"
        disabled={state === 'erasing'}
        onClick={() => setState('resting')}
      >
        {t('cancel')}
      </button>
    </fieldset>
  )
}
