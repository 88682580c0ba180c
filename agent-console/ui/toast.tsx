import { useEffect, useState } from 'preact/hooks'
import { useWords } from './context.tsx'
import { IconButton } from './parts.tsx'

/** Something that was done, and the way back from it. */
export interface Done {
  text: string
  undo?: () => Promise<boolean>
}

const stays = 12_000

/** Says what was done and offers to undo it. Waits for as long as somebody points at it or is in it. */
export function Toast({ done, onGone }: { done: Done | null; onGone: () => void }) {
  const { t } = useWords()
  const [held, setHeld] = useState(false)
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    setFailed(false)
    // The button that was in focus goes without telling that the focus has left it.
    if (!done) setHeld(false)
  }, [done])
  useEffect(() => {
    if (!done || held) return
    const timer = setTimeout(onGone, stays)
    return () => clearTimeout(timer)
  }, [done, held])
  const undo = async () => {
    const undone = await done?.undo?.()
    if (undone) onGone()
    else setFailed(true)
  }
  return (
    <div
      class="toast-place"
      role="status"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusIn={() => setHeld(true)}
      onFocusOut={() => setHeld(false)}
    >
      {done && (
        <p class="toast">
          <span>{failed ? t('couldNotUndo') : done.text}</span>
          {done.undo && !failed && (
            <button type="button" class="button quiet" onClick={() => void undo()}>
              {t('undo')}
            </button>
          )}
          <IconButton icon="close" label={t('dismissNotice')} onClick={onGone} />
        </p>
      )}
    </div>
  )
}
