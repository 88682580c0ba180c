import { useEffect, useRef, useState } from 'preact/hooks'
import type { RuleId } from '../../shared/ids.ts'
import { day } from '../../shared/limits.ts'
import type { Failure } from '../../shared/result.ts'
import type { BackTest as Answer } from '../../shared/triggers/past/back-test.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import { useDesk, useSurroundings, useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { Choices, Fault, Skeleton } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'
import type { Asked } from './back-test-asked.ts'
import { Result } from './back-test-result.tsx'

interface BackTestProps {
  rule: RuleDraft
  /** The rule that the draft is to change; null for a new one. */
  ruleId: RuleId | null
}

/** What a message would have done: asked for when it is opened, and again for another period. */
export function BackTest({ rule, ruleId }: BackTestProps) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <section class="past" aria-label={t('past')}>
      <button
        type="button"
        class="button quiet past-open"
        aria-expanded={open}
        onClick={() => setOpen((isOpen) => !isOpen)}
      >
        <Icon name="clock" size={18} />
        {t('past')}
      </button>
      {open && <Opened rule={rule} ruleId={ruleId} />}
    </section>
  )
}

const periods = { week: 7, month: 30, quarter: 90 } as const
type PeriodName = keyof typeof periods
const periodTexts: Record<PeriodName, TextKey> = {
  week: 'pastWeek',
  month: 'pastMonth',
  quarter: 'pastQuarter',
}

interface Trying {
  asked: Asked | null
  answer: Answer | null
  fault: Failure | null
}

function Opened({ rule, ruleId }: BackTestProps) {
  const { t } = useWords()
  const desk = useDesk()
  const [period, setPeriod] = useState<PeriodName>('month')
  const [somebody, setSomebody] = useState<'there' | 'unknown'>('there')
  const { trying, run, stop } = useTrying()
  const key = JSON.stringify([rule.when, rule.limits, rule.priority, rule.holdout, period, somebody])
  useEffect(() => {
    const to = desk.now()
    const { revision: _, ...draft }: Listed = rule
    run({
      ...{ rule: draft, ...(ruleId ? { ruleId } : {}), ...placeAndTime(to - periods[period] * day, to) },
      assume: { somebodyCanAnswer: somebody === 'there' ? true : 'unknown' },
    })
    return stop
  }, [key])
  return (
    <div class="past-body">
      <p class="past-about">{t('pastAbout')}</p>
      <div class="past-choices">
        <Choice label={t('pastPeriod')} texts={periodTexts} value={period} onChange={setPeriod} />
        <Choice
          label={t('pastSomebody')}
          texts={{ there: 'pastThere', unknown: 'pastThereUnknown' }}
          value={somebody}
          onChange={setSomebody}
        />
      </div>
      <Outcome trying={trying} period={t(periodTexts[period])} stop={stop} />
    </div>
  )
}

/** A list of rules says more of each than what it is. */
type Listed = RuleDraft & { revision?: string }

const placeAndTime = (from: number, to: number) => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
})

function Choice<T extends string>(props: {
  label: string
  texts: Record<T, TextKey>
  value: T
  onChange: (value: T) => void
}) {
  const { t } = useWords()
  const { label, texts, value, onChange } = props
  const values = Object.keys(texts).filter((one): one is T => one in texts)
  return (
    <div class="past-choice">
      <span aria-hidden="true">{label}</span>
      <Choices
        name={label}
        value={value}
        onChange={onChange}
        choices={values.map((one) => ({ value: one, label: t(texts[one]) }))}
      />
    </div>
  )
}

/** Whoever is still writing is let finish, ms. */
const settles = 400
/** Another one may be under way for a moment, or for a while. */
const tries = 8

/** Only the latest question counts: one that is not waited for any more is called off. */
function useTrying() {
  const { api } = useSurroundings()
  const [trying, setTrying] = useState<Trying>({ asked: null, answer: null, fault: null })
  const under = useRef<AbortController | null>(null)
  const stop = () => {
    under.current?.abort()
    under.current = null
    setTrying((now) => ({ ...now, asked: null }))
  }
  const ask = async (asked: Asked, own: AbortController, left: number): Promise<void> => {
    if (under.current !== own) return
    const answer = await api.send<Answer>('POST', '/rules/backtest', asked, own.signal)
    if (under.current !== own) return
    if (!answer.ok && answer.error.code === 'rate_limited' && left > 0)
      return void setTimeout(() => void ask(asked, own, left - 1), answer.error.retryAfterMs ?? settles)
    under.current = null
    setTrying(
      answer.ok ? { asked, answer: answer.value, fault: null } : { asked, answer: null, fault: answer.error },
    )
  }
  const run = (asked: Asked) => {
    under.current?.abort()
    const own = new AbortController()
    under.current = own
    setTrying({ asked, answer: null, fault: null })
    setTimeout(() => void ask(asked, own, tries), settles)
  }
  return { trying, run, stop }
}

function Outcome({ trying, period, stop }: { trying: Trying; period: string; stop: () => void }) {
  const { t } = useWords()
  const { asked, answer, fault } = trying
  if (fault) return <Fault text={t(faultTexts[fault.code] ?? 'pastFailed')} />
  if (!asked) return null
  if (!answer)
    return (
      <div class="past-running" role="status">
        <p>
          {t('pastRunning')}{' '}
          <button type="button" class="button quiet" onClick={stop}>
            {t('pastStop')}
          </button>
        </p>
        <Skeleton rows={4} />
      </div>
    )
  return <Result asked={asked} result={answer} period={period} />
}

const faultTexts: Partial<Record<Failure['code'], TextKey>> = {
  rate_limited: 'pastBusy',
  invalid: 'pastInvalid',
}
