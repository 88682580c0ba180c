import { useEffect, useState } from 'preact/hooks'
import type { RefusalReason } from '../shared/wire.ts'
import { useDeskState, useSurroundings, useWords } from './ui/context.tsx'
import { useSelected } from './ui/hooks.tsx'
import { Icon } from './ui/icons.tsx'

const patience = 2_000

/** Says how things stand when they do not stand well; what was written is kept all the while. */
export function ConnectionNotice() {
  const { t } = useWords()
  const { keep } = useSurroundings()
  const connection = useDeskState((desk) => desk.connection)
  const lost = useLasting(connection.name === 'lost' || connection.name === 'connecting')
  const lasting = useSelected(keep.lasting, (held) => held)
  if (connection.name === 'refused') return <Refused reason={connection.reason} />
  return (
    <div class={lost || !lasting ? 'notice' : 'notice quiet'} role="status">
      {lost && (
        <>
          <Icon name="cloud" size={18} />
          <span class="notice-text">{t(lasting ? 'reconnecting' : 'reconnectingUnkept')}</span>
        </>
      )}
      {!lost && !lasting && (
        <>
          <Icon name="alert" size={18} />
          <span class="notice-text">{t('notKept')}</span>
        </>
      )}
    </div>
  )
}

/** A session that has ended is not told here: the door is shown instead. */
function Refused({ reason }: { reason: RefusalReason }) {
  const { t } = useWords()
  return (
    <div class="notice" role="alert">
      <Icon name="alert" size={18} />
      <span class="notice-text">{t(reason === 'protocol' ? 'newVersion' : 'serverBusy')}</span>
      {reason === 'protocol' && (
        <button type="button" class="button" onClick={() => location.reload()}>
          {t('reload')}
        </button>
      )}
    </div>
  )
}

export function StillIn({ onSignOut }: { onSignOut: () => void }) {
  const { t } = useWords()
  return (
    <div class="notice" role="alert">
      <Icon name="alert" size={18} />
      <span class="notice-text">{t('signOutFailed')}</span>
      <button type="button" class="button" onClick={onSignOut}>
        {t('tryAgain')}
      </button>
    </div>
  )
}

/** A short break is nobody's business. */
function useLasting(lost: boolean): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    setLasting(false)
    if (!lost) return
    const timer = setTimeout(() => setLasting(true), patience)
    return () => clearTimeout(timer)
  }, [lost])
  return lost && lasting
}
