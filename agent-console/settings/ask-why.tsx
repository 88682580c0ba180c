import { useState } from 'preact/hooks'
import type { SiteId } from '../../shared/ids.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { Fault } from '../ui/parts.tsx'
import { CopiedLine } from './copied-line.tsx'

/** A page that is being set up can be asked why its messages come or do not, by whoever has the key. */
export function AskWhy({ siteId }: { siteId: SiteId }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const [key, setKey] = useState<string | null>(null)
  const [failed, setFailed] = useState(false)
  const make = async () => {
    const made = await api.send<{ key: string }>('POST', `/sites/${siteId}/why-keys`)
    setFailed(!made.ok)
    if (made.ok) setKey(made.value.key)
  }
  return (
    <section class="card" aria-labelledby="ask-why-title">
      <h2 id="ask-why-title">{t('askWhyTitle')}</h2>
      <p class="card-about">{t('askWhyAbout')}</p>
      {key && <CopiedLine line={`Ahlan('get', 'why', '${key}').then(console.table)`} />}
      {failed && <Fault text={t('couldNotLoad')} again={() => void make()} />}
      {!key && !failed && (
        <div class="form-actions">
          <button type="button" class="button" onClick={() => void make()}>
            {t('askWhyMake')}
          </button>
        </div>
      )}
    </section>
  )
}
