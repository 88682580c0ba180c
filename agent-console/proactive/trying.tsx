import { useEffect, useRef, useState } from 'preact/hooks'
import type { RuleId, VisitId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import type { Trial } from '../../shared/triggers/why.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import type { List } from '../connection/api.ts'
import { Findings, sayBecause } from '../person/findings.tsx'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { visitorName } from '../ui/person.ts'
import { readyToSend } from './draft.ts'

interface TryingProps {
  rule: RuleDraft
  id: RuleId | null
}

type Outcome = { of: VisitId; trial: Trial } | { of: VisitId; trial: null }

/** Asks the rule of somebody who is on the site now, and says of each condition whether it holds. Tells them nothing. */
export function Trying({ rule, id }: TryingProps) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [search, setSearch] = useState('')
  const live = useLoaded(`try ${rule.siteId} ${search}`, () =>
    api.get<List<LiveVisitor>>('/visitors/live', {
      site: rule.siteId,
      limit: mostListed,
      ...(search ? { search } : {}),
    }),
  )
  const ask = async (visitId: VisitId) => {
    const body = { rule: readyToSend(rule), visitId, ...(id ? { ruleId: id } : {}) }
    const answer = await api.send<Trial>('POST', '/rules/try', body)
    setOutcome({ of: visitId, trial: answer.ok ? answer.value : null })
  }
  const here = live.value?.items ?? []
  // Once there it stays: whoever writes in it is not to lose it to an answer that is short.
  const isLong = useRef(false)
  isLong.current ||= live.value?.nextCursor != null
  return (
    <section class="trying" aria-label={t('tryOn')}>
      <h3>{t('tryOn')}</h3>
      {isLong.current && <Search value={search} onChange={setSearch} />}
      {here.length === 0 ? (
        <p class="quiet-words">{t(search ? 'nobodyFound' : 'nobodyHere')}</p>
      ) : (
        <Whom here={here} asked={outcome?.of ?? null} onAsk={(visit) => void ask(visit)} />
      )}
      {live.value && (
        <button type="button" class="button quiet add-button" onClick={live.again}>
          {t('lookAgain')}
        </button>
      )}
      {outcome && <Result trial={outcome.trial} />}
    </section>
  )
}

/** As many as a list to choose from takes; of more, whoever is meant is searched for. */
const mostListed = 50
/** Every question is a list that the server has to make: a word is asked for once it is written. */
const writingPause = 300

function Search({ value, onChange }: { value: string; onChange: (search: string) => void }) {
  const { t } = useWords()
  const [text, setText] = useState(value)
  useEffect(() => {
    if (text.trim() === value) return
    const timer = setTimeout(() => onChange(text.trim()), writingPause)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <input
      class="input"
      type="search"
      dir={text ? 'auto' : undefined}
      aria-label={t('searchPeople')}
      placeholder={t('searchPeopleHint')}
      maxLength={limits.nameCharacters}
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
    />
  )
}

interface WhomProps {
  here: readonly LiveVisitor[]
  asked: VisitId | null
  onAsk: (visit: VisitId) => void
}

function Whom({ here, asked, onAsk }: WhomProps) {
  const words = useWords()
  const [chosen, choose] = useState(asked ?? '')
  const visit = here.find(({ visitId }) => visitId === chosen)
  return (
    <p class="rule-line">
      <select
        class="select"
        aria-label={words.t('whichVisitor')}
        value={chosen}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{words.t('choose')}</option>
        {here.map((one) => (
          <option key={one.visitId} value={one.visitId}>
            {visitorName(words, { name: one.name, id: one.visitorId ?? one.visitId })} ·{' '}
            {one.page.title || one.page.url}
          </option>
        ))}
      </select>
      <button type="button" class="button" disabled={!visit} onClick={() => visit && onAsk(visit.visitId)}>
        {words.t('tryNow')}
      </button>
    </p>
  )
}

function Result({ trial }: { trial: Trial | null }) {
  const words = useWords()
  if (!trial) return <p role="status">{words.t('notTried')}</p>
  return (
    <div role="status">
      <p class="trial-said">
        {trial.because === 'shown' ? words.t('wouldSpeak') : sayBecause(words, trial.because)}
      </p>
      <Findings findings={trial.findings} />
    </div>
  )
}
