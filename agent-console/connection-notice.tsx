import { useEffect, useState } from 'preact/hooks'
import type { RefusalReason } from '../shared/wire.ts'
import { hrefOf } from './state/route.ts'
import { notSentOf, waitingOf, whereNotSent } from './state/unsent.ts'
import { useDesk, useDeskState, useSurroundings, useWords } from './ui/context.tsx'
import { roughly } from './ui/format.ts'
import { useNow, useSelected } from './ui/hooks.tsx'
import { Icon, type IconName } from './ui/icons.tsx'
import type { TextKey } from './ui/words.ts'

const patience = 2_000

/** Says how things stand when they do not stand well; what was written is kept all the while. */
export function ConnectionNotice() {
  const { t, count } = useWords()
  const connection = useDeskState((desk) => desk.connection)
  const standing = useStanding()
  const waiting = useDeskState(waitingOf)
  const notSent = useDeskState(notSentOf)
  const where = useDeskState(whereNotSent)
  const stuck = useLasting(waiting > 0)
  if (connection.name === 'refused') return <Refused reason={connection.reason} />
  const quiet = !standing && !stuck && notSent === 0
  return (
    <div class={quiet ? 'notice quiet' : 'notice'} role="status">
      {!quiet && <Icon name={standing?.icon ?? 'clock'} size={18} />}
      {standing && <span class="notice-text">{t(standing.text)}</span>}
      {standing && connection.name === 'lost' && <LostSince since={connection.since} />}
      {stuck && <span class="notice-count">{count('repliesWaiting', waiting)}</span>}
      {notSent > 0 && (
        <a class="notice-count" href={hrefOf({ screen: 'inbox', conversationId: where })}>
          {count('repliesNotSent', notSent)}
        </a>
      )}
    </div>
  )
}

/** What there is to say of the connection and of this browser; null when all is well. */
function useStanding(): { icon: IconName; text: TextKey } | null {
  const { keep } = useSurroundings()
  const name = useDeskState((desk) => desk.connection.name)
  const lost = useLasting(name === 'lost' || name === 'connecting')
  const online = useOnline()
  const lasting = useSelected(keep.lasting, (held) => held)
  if (!lost) return lasting ? null : { icon: 'alert', text: 'notKept' }
  if (!lasting) return { icon: 'cloud', text: 'reconnectingUnkept' }
  return { icon: 'cloud', text: online ? 'reconnecting' : 'offline' }
}

/** Counts on the screen only: a length of time read out every second would drown everything else. */
function LostSince({ since }: { since: number }) {
  const words = useWords()
  const now = useNow(useDesk().deviceNow)
  return (
    <span class="notice-count" aria-live="off">
      {words.t('lostSince', { time: roughly(words, now - since) })}
    </span>
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

/** What the browser itself believes; only a clear "no" of it is worth a word. */
function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => setOnline(navigator.onLine)
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => {
      removeEventListener('online', look)
      removeEventListener('offline', look)
    }
  }, [])
  return online
}
