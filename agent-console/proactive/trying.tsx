import { useState } from 'preact/hooks'
import type { RuleId, VisitId } from '../../shared/ids.ts'
import { isGroup } from '../../shared/triggers/answer.ts'
import type { Finding } from '../../shared/triggers/evaluate.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import type { Trial } from '../../shared/triggers/why.ts'
import { sayCondition, sayReason } from '../../shared/triggers/words/words.ts'
import type { LiveVisitor } from '../../shared/visitor.ts'
import type { List } from '../connection/api.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { Icon } from '../ui/icons.tsx'
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
  const live = useLoaded(`try ${rule.siteId}`, () =>
    api.get<List<LiveVisitor>>('/visitors/live', { site: rule.siteId, limit: 50 }),
  )
  const ask = async (visitId: VisitId) => {
    const body = { rule: readyToSend(rule), visitId, ...(id ? { ruleId: id } : {}) }
    const answer = await api.send<Trial>('POST', '/rules/try', body)
    setOutcome({ of: visitId, trial: answer.ok ? answer.value : null })
  }
  const here = live.value?.items ?? []
  return (
    <section class="trying" aria-label={t('tryOn')}>
      <h3>{t('tryOn')}</h3>
      {here.length === 0 ? (
        <p class="quiet-words">{t('nobodyHere')}</p>
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
  const { t, locale } = useWords()
  if (!trial) return <p role="status">{t('notTried')}</p>
  const { because, findings } = trial
  const said =
    because === 'shown' ? t('wouldSpeak') : because === 'unknown' ? t('notTried') : sayReason(because, locale)
  return (
    <div role="status">
      <p class="trial-said">{said}</p>
      <Findings findings={findings} />
    </div>
  )
}

const marks = { true: 'check', false: 'close', unknown: 'clock' } as const
const answers = { true: 'holds', false: 'holdsNot', unknown: 'holdsUnknown' } as const

function Findings({ findings }: { findings: readonly Finding[] }) {
  const { t, locale } = useWords()
  return (
    <ul class="findings">
      {findings.map((finding) => (
        <li key={finding.path} class={`finding finding-${finding.holds}`}>
          <span class="finding-line">
            <Icon name={marks[`${finding.holds}`]} size={16} />
            <span class="out-of-sight">{t(answers[`${finding.holds}`])}: </span>
            {isGroup(finding) ? t(`group.${finding.kind}`) : sayCondition(finding.condition, locale)}
            {!isGroup(finding) && finding.seen !== null && typeof finding.seen !== 'boolean' && (
              <bdi class="finding-seen">
                {t('seenIs', { what: String(finding.seen).slice(0, 80) || '–' })}
              </bdi>
            )}
          </span>
          {isGroup(finding) && <Findings findings={finding.of} />}
        </li>
      ))}
    </ul>
  )
}
