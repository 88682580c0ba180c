import { useState } from 'preact/hooks'
import { characters, limits } from '../../shared/limits.ts'
import type { Failure } from '../../shared/result.ts'
import type { PageCount } from '../../shared/roster.ts'
import type { RosterQuery } from '../../shared/roster-query.ts'
import { isBlank } from '../../shared/text/blank.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { Field } from '../ui/parts.tsx'
import type { PluralKey } from '../ui/words.ts'
import { anyGlob } from './filters.tsx'
import { globOf } from './page-map.tsx'

/** As the server tells it: whom it reached, and why it left the others alone. */
interface Outcome {
  reached: number
  leftAlone: Partial<Record<keyof typeof reasons, number>>
}

const reasons = {
  inConversation: 'aloneInConversation',
  quiet: 'aloneQuiet',
  tooSoon: 'aloneTooSoon',
  onceASession: 'aloneOnceASession',
  consent: 'aloneConsent',
  away: 'aloneAway',
  undecided: 'aloneUndecided',
} as const satisfies Record<string, PluralKey>

interface WriteToPageProps {
  query: RosterQuery
  pages: readonly PageCount[]
  onDone: () => void
}

/** One message to everybody who is on a page now. */
export function WriteToPage({ query, pages, onDone }: WriteToPageProps) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const [page, setPage] = useState(query.page ?? '')
  const [text, setText] = useState('')
  const [state, setState] = useState<'writing' | 'sending' | Failure | Outcome>('writing')
  const sendable = page.trim() !== '' && !isBlank(text) && characters(text) <= limits.messageCharacters
  const send = async (event: Event) => {
    event.preventDefault()
    if (!sendable || state === 'sending') return
    setState('sending')
    const body = { page: page.trim(), text: text.trim(), ...(query.site && { site: query.site }) }
    const answer = await api.send<Outcome>('POST', '/visitors/live/message', body)
    setState(answer.ok ? answer.value : answer.error)
  }
  if (typeof state === 'object' && 'reached' in state) return <Told outcome={state} onDone={onDone} />
  return (
    <form class="write-to-page" aria-label={t('writeToPage')} onSubmit={(event) => void send(event)}>
      <p class="panel-quiet">{t('writeToPageAbout')}</p>
      <Which page={page} pages={pages} onChange={setPage} />
      <Field label={t('messageText')}>
        {(ids) => (
          <textarea
            {...ids}
            class="input"
            rows={2}
            dir={text ? 'auto' : undefined}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="form-actions">
        {typeof state === 'object' && (
          <span class="inline-fault" role="alert">
            {t(state.code === 'rate_limited' ? 'pageTooSoon' : 'pageNotSent')}
          </span>
        )}
        <button type="button" class="button quiet" onClick={onDone}>
          {t('cancel')}
        </button>
        <Send page={page} pages={pages} disabled={!sendable || state === 'sending'} />
      </div>
    </form>
  )
}

interface WhichProps {
  page: string
  pages: readonly PageCount[]
  onChange: (page: string) => void
}

const Which = ({ page, pages, onChange }: WhichProps) => {
  const { t } = useWords()
  return (
    <Field label={t('whichPage')}>
      {(ids) => (
        <>
          <input
            {...ids}
            class="input"
            dir="ltr"
            list="pages-to-write-to"
            required
            placeholder={anyGlob}
            maxLength={limits.globCharacters}
            value={page}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          <datalist id="pages-to-write-to">
            {pages.map((one) => (
              <option key={one.page} value={globOf(one.page, pages)}>
                {one.title}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}

/** Says how many are there, where that is known. */
function Send({ page, pages, disabled }: { page: string; pages: readonly PageCount[]; disabled: boolean }) {
  const { t, count } = useWords()
  const n = pages.find((one) => globOf(one.page, pages) === page.trim())?.n
  return (
    <button type="submit" class="button primary" disabled={disabled}>
      {n === undefined ? t('sendToPageNobody') : count('sendToPage', n)}
    </button>
  )
}

function Told({ outcome, onDone }: { outcome: Outcome; onDone: () => void }) {
  const { t, count } = useWords()
  const alone = Object.entries(reasons).flatMap(([reason, text]) => {
    const n = outcome.leftAlone[reason as keyof typeof reasons] ?? 0
    return n > 0 ? [count(text, n)] : []
  })
  return (
    <div class="write-to-page">
      <div role="status">
        <p>{count('pageReached', outcome.reached)}</p>
        {alone.length > 0 && (
          <>
            <p class="panel-quiet">{t('leftAlone')}</p>
            <ul class="left-alone">
              {alone.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      <div class="form-actions">
        <button type="button" class="button" onClick={onDone}>
          {t('gotIt')}
        </button>
      </div>
    </div>
  )
}
