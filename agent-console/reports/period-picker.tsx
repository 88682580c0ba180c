import { useState } from 'preact/hooks'
import { day } from '../../shared/limits.ts'
import { useDesk, useWords } from '../ui/context.tsx'
import { Choices } from '../ui/parts.tsx'
import { type Choice, isoDay, type Period, periodBetween, periodOf } from './period.ts'

const choices = [
  { value: 'today', text: 'today' },
  { value: 'week', text: 'lastWeek' },
  { value: 'month', text: 'lastMonth' },
  { value: 'custom', text: 'customPeriod' },
] as const

export function PeriodPicker({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const { t } = useWords()
  const desk = useDesk()
  const [choice, setChoice] = useState<Choice>('week')
  const choose = (next: Choice) => {
    setChoice(next)
    if (next !== 'custom') onChange(periodOf(next, desk.now()))
  }
  return (
    <div class="period">
      <Choices
        name={t('period')}
        value={choice}
        onChange={choose}
        choices={choices.map(({ value, text }) => ({ value, label: t(text) }))}
      />
      {choice === 'custom' && <Between period={period} onChange={onChange} />}
    </div>
  )
}

function Between({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const { t } = useWords()
  const [first, setFirst] = useState(isoDay(period.from))
  const [last, setLast] = useState(isoDay(period.to - day))
  const valid = periodBetween(first, last) !== null
  const take = (from: string, to: string) => {
    setFirst(from)
    setLast(to)
    const next = periodBetween(from, to)
    if (next) onChange(next)
  }
  return (
    <span class="between">
      <input
        class="input"
        type="date"
        aria-label={t('fromDay')}
        value={first}
        aria-invalid={!valid}
        onInput={(event) => take(event.currentTarget.value, last)}
      />
      <span aria-hidden="true">–</span>
      <input
        class="input"
        type="date"
        aria-label={t('toDay')}
        value={last}
        aria-invalid={!valid}
        onInput={(event) => take(first, event.currentTarget.value)}
      />
    </span>
  )
}
