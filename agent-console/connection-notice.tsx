import { useEffect, useState } from 'preact/hooks'
import { useDeskState, useWords } from './ui/context.tsx'
import { Icon } from './ui/icons.tsx'

const patience = 2_000

/** Says how things stand when they do not stand well; what was written is kept all the while. */
export function ConnectionNotice({ onSignOut }: { onSignOut: () => void }) {
  const { t } = useWords()
  const connection = useDeskState((desk) => desk.connection)
  const lost = useLasting(connection.name === 'lost' || connection.name === 'connecting')
  if (connection.name === 'refused')
    return (
      <div class="notice" role="alert">
        <Icon name="alert" size={18} />
        {connection.reason === 'protocol' ? (
          <>
            {t('newVersion')}
            <button type="button" class="button" onClick={() => location.reload()}>
              {t('reload')}
            </button>
          </>
        ) : connection.reason === 'session' ? (
          <>
            {t('sessionEnded')}
            <button type="button" class="button" onClick={onSignOut}>
              {t('signIn')}
            </button>
          </>
        ) : (
          t('serverBusy')
        )}
      </div>
    )
  return (
    <div class={lost ? 'notice' : 'notice quiet'} role="status">
      {lost && (
        <>
          <Icon name="cloud" size={18} />
          {t('reconnecting')}
        </>
      )}
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
