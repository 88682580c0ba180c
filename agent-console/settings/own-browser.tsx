import { useState } from 'preact/hooks'
import type { Site } from '../../shared/workspace.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { Fault } from '../ui/parts.tsx'
import { CopiedLine } from './copied-line.tsx'

type Standing = 'own' | 'guest'
type Made = { as: Standing; parameter: string }

/** Who answers is not to be counted among the guests, in their own browser. */
export function OwnBrowser({ site }: { site: Site }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const [made, setMade] = useState<Made | null>(null)
  const [failed, setFailed] = useState<Standing | null>(null)
  const make = async (as: Standing) => {
    const key = await api.send<{ parameter: string }>('POST', `/sites/${site.id}/own-keys`, { as })
    setFailed(key.ok ? null : as)
    setMade(key.ok ? { as, parameter: key.value.parameter } : null)
  }
  return (
    <section class="card" aria-labelledby="own-browser-title">
      <h2 id="own-browser-title">{t('ownTitle')}</h2>
      <p class="card-about">{t(site.countAgents ? 'ownCounted' : 'ownAbout')}</p>
      {failed && <Fault text={t('couldNotLoad')} again={() => void make(failed)} />}
      {made && <Addresses made={made} origins={site.origins} />}
      {!site.countAgents && (
        <div class="form-actions">
          <button type="button" class="button quiet" onClick={() => void make('guest')}>
            {t('ownGuest')}
          </button>
          <button type="button" class="button" onClick={() => void make('own')}>
            {t('ownMake')}
          </button>
        </div>
      )}
    </section>
  )
}

function Addresses({ made: { as, parameter }, origins }: { made: Made; origins: readonly string[] }) {
  const { t } = useWords()
  return (
    <>
      <p role="status">{t(as === 'own' ? 'ownOpen' : 'guestOpen')}</p>
      <ul>
        {origins.map((origin) => (
          <li key={origin}>
            <a href={`${origin}/?${parameter}`} target="_blank" rel="noopener noreferrer" dir="ltr">
              {origin}
            </a>
          </li>
        ))}
      </ul>
      <p class="quiet-words">{t('ownHolds')}</p>
      <CopiedLine line={`?${parameter}`} />
    </>
  )
}
