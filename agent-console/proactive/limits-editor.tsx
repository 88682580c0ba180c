import { limits } from '../../shared/limits.ts'
import { defaultHoldout, type Goal, type Often, type RuleDraft } from '../../shared/triggers/rule.ts'
import { ChoiceSlot, DurationSlot, NumberSlot, TextSlot } from '../conditions/fields.tsx'
import { useWords } from '../ui/context.tsx'
import { share } from '../ui/format.ts'
import type { Words } from '../ui/words.ts'

export interface PartProps {
  rule: RuleDraft
  onChange: (rule: RuleDraft) => void
}

const daySeconds = 86_400
const beginnings: Record<Often['kind'], Often> = {
  onceASession: { kind: 'onceASession' },
  onceEver: { kind: 'onceEver' },
  every: { kind: 'every', seconds: 7 * daySeconds },
  times: { kind: 'times', times: 3 },
}
const oftens = ['onceASession', 'onceEver', 'every', 'times'] as const

/** How often one visitor may hear it, and whether somebody must be there. */
export function LimitsEditor({ rule, onChange }: PartProps) {
  const { t } = useWords()
  const { often = beginnings.onceASession, needsSomebody = true } = rule.limits ?? {}
  const put = (more: RuleDraft['limits']) => onChange({ ...rule, limits: { often, needsSomebody, ...more } })
  return (
    <div class="rule-lines">
      <p class="rule-line">
        {t('sayIt')}{' '}
        <ChoiceSlot
          label={t('howOften')}
          value={often.kind}
          choices={oftens.map((kind) => [kind, t(`often.${kind}`)])}
          onChange={(kind) => put({ often: beginnings[kind] })}
        />
        {often.kind === 'every' && (
          <DurationSlot
            label={t('slot.time')}
            name="often.seconds"
            value={often.seconds}
            range={[1, 366 * daySeconds]}
            onChange={(seconds) => put({ often: { ...often, seconds } })}
          />
        )}
        {often.kind === 'times' && (
          <NumberSlot
            label={t('slot.number')}
            name="often.times"
            value={often.times}
            range={[1, 100]}
            onChange={(times) => put({ often: { ...often, times } })}
          />
        )}
      </p>
      <label class="rule-line check">
        <input
          type="checkbox"
          checked={needsSomebody}
          onChange={(event) => put({ needsSomebody: event.currentTarget.checked })}
        />
        {t('onlyWhenSomebody')}
      </label>
      <HoldoutLine rule={rule} onChange={onChange} />
    </div>
  )
}

const shares = ['0', '0.05', '0.1', '0.2', '0.3', '0.5']

function HoldoutLine({ rule, onChange }: PartProps) {
  const words = useWords()
  const { t } = words
  const held = String(rule.holdout ?? defaultHoldout)
  const choices = shares.includes(held) ? shares : [...shares, held]
  return (
    <p class="rule-line">
      <ChoiceSlot
        label={t('holdout')}
        value={held}
        choices={choices.map((one) => [one, share(words, Number(one))])}
        onChange={(one) => onChange({ ...rule, holdout: Number(one) })}
      />{' '}
      {t('holdoutAbout')}
    </p>
  )
}

const goals: Record<Goal['kind'], Goal> = {
  chat: { kind: 'chat', withinSeconds: daySeconds },
  url: { kind: 'url', glob: '/thanks*', withinSeconds: daySeconds },
  event: { kind: 'event', name: 'order', withinSeconds: daySeconds },
  rating: { kind: 'rating', atLeast: 4, withinSeconds: daySeconds },
}
const goalKinds = ['none', 'chat', 'url', 'event', 'rating'] as const

/** What it is to lead to, and within what time. */
export function GoalEditor({ rule, onChange }: PartProps) {
  const { t } = useWords()
  const { goal } = rule
  const put = (next: Goal | undefined) => {
    const { goal: _goal, ...rest } = rule
    onChange(next ? { ...rest, goal: next } : rest)
  }
  return (
    <p class="rule-line">
      {goal && `${t('goalIs')} `}
      <ChoiceSlot
        label={t('goal')}
        value={goal?.kind ?? 'none'}
        choices={goalKinds.map((kind) => [kind, t(`goal.${kind}`)])}
        onChange={(kind) => put(kind === 'none' ? undefined : goals[kind])}
      />
      {goal && <GoalValue goal={goal} onChange={put} />}
      {goal && (
        <>
          {' '}
          {t('goalWithin')}{' '}
          <DurationSlot
            label={t('slot.time')}
            name="goal.within"
            value={goal.withinSeconds}
            range={[1, 90 * daySeconds]}
            onChange={(withinSeconds) => put({ ...goal, withinSeconds })}
          />
        </>
      )}
    </p>
  )
}

const ratings = [1, 2, 3, 4, 5] as const

function GoalValue({ goal, onChange }: { goal: Goal; onChange: (goal: Goal) => void }) {
  const { t } = useWords()
  switch (goal.kind) {
    case 'url':
      return (
        <TextSlot
          label={t('slot.glob')}
          name="goal.glob"
          technical
          most={limits.globCharacters}
          value={goal.glob}
          onChange={(glob) => onChange({ ...goal, glob })}
        />
      )
    case 'event':
      return (
        <TextSlot
          label={t('slot.event')}
          name="goal.name"
          most={60}
          value={goal.name}
          onChange={(name) => onChange({ ...goal, name })}
        />
      )
    case 'rating':
      return (
        <ChoiceSlot
          label={t('goal.rating')}
          value={String(goal.atLeast)}
          choices={ratings.map((n) => [String(n), t(`rating${n}`)])}
          onChange={(chosen) => {
            const atLeast = ratings.find((n) => String(n) === chosen)
            if (atLeast) onChange({ ...goal, atLeast })
          }}
        />
      )
    default:
      return null
  }
}

/** The limits of a rule in a line, for its card. */
export function limitsInBrief(words: Words, rule: RuleDraft): string[] {
  const { t, count } = words
  const { often = beginnings.onceASession, needsSomebody = true } = rule.limits ?? {}
  const held = rule.holdout ?? defaultHoldout
  return [
    often.kind === 'times' ? count('often.timesBrief', often.times) : t(`often.${often.kind}`),
    ...(needsSomebody ? [t('onlyWhenSomebodyBrief')] : []),
    ...(held > 0 ? [t('holdoutBrief', { share: share(words, held) })] : []),
    ...(rule.variants?.length ? [count('variantsBrief', rule.variants.length + 1)] : []),
    ...(rule.goal ? [t('goalBrief', { goal: t(`goal.${rule.goal.kind}`) })] : []),
  ]
}
