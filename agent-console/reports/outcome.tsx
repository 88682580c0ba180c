import type { RuleId } from '../../shared/ids.ts'
import type { RuleOutcome, Variant } from '../../shared/metrics/proactive.ts'
import type { ReportList } from '../state/report-lists.ts'
import { useWords } from '../ui/context.tsx'
import { figure, share } from '../ui/format.ts'
import type { TextKey, Words } from '../ui/words.ts'
import { type Definable, Defined } from './definition.tsx'
import { Bar } from './distribution.tsx'
import { LiftRange, LiftScale } from './lift.tsx'
import { Listed } from './opened.tsx'
import { goalInWords, noLift, points, reached, reachOf, verdict, whyNoLift } from './outcome-words.ts'

/** What one rule did: the difference it makes first, then how far its visitors came. */
export function Outcome({ outcome }: { outcome: RuleOutcome }) {
  const words = useWords()
  const { rule, goal, heldOut, variants } = outcome
  const open = goal.open + heldOut.goal.open
  const id = `outcome-${rule.id}`
  return (
    <section class="card outcome" aria-labelledby={id}>
      <header>
        <h3 id={id}>
          <bdi>{rule.name ?? words.t('removedRule')}</bdi>
        </h3>
        {rule.goal && <p class="quiet-words">{goalInWords(words, rule.goal)}</p>}
      </header>
      <div class="outcome-parts">
        <div>
          <LiftWords outcome={outcome} />
          {open > 0 && (
            <p class="measure-n">
              {words.count('outcomeOpen', open)} <OpenOnes outcome={outcome} />
            </p>
          )}
        </div>
        <Steps outcome={outcome} />
      </div>
      {variants.length > 1 && <Variants rule={rule.id} variants={variants} />}
    </section>
  )
}

/** Those whose goal is not decided, on either side. */
function OpenOnes({ outcome: { rule, goal, heldOut } }: { outcome: RuleOutcome }) {
  const { t } = useWords()
  const of = { rule: rule.id }
  return (
    <span class="open-ones">
      <Listed list="invited.open" of={of} n={goal.open} name={t('invitedOpen')}>
        {t('outcomeShown')}
      </Listed>{' '}
      <Listed list="invited.heldOutOpen" of={of} n={heldOut.goal.open} name={t('invitedHeldOutOpen')}>
        {t('outcomeLeftOut')}
      </Listed>
    </span>
  )
}

function LiftWords({ outcome }: { outcome: RuleOutcome }) {
  const words = useWords()
  const { t } = words
  const { lift, goal, heldOut } = outcome
  const of = { rule: outcome.rule.id }
  return (
    <>
      <p class="measure-name">
        <Defined measure="proactive.lift">{t('outcomeLift')}</Defined>
      </p>
      <p class="measure-value">
        <span class={lift ? 'value' : 'value unknown'}>
          {lift ? t('outcomePoints', { n: points(words, lift.difference) }) : noLift(words, outcome)}
        </span>
      </p>
      {lift ? (
        <>
          <LiftRange lift={lift} reach={reachOf([lift])} />
          <LiftScale reach={reachOf([lift])} />
          <p class="measure-n">
            {t('outcomeBetween', { low: points(words, lift.low), high: points(words, lift.high) })}
          </p>
          <p class="outcome-verdict">{t(verdict(lift))}</p>
          <p class="measure-n">
            <Listed list="invited.reached" of={of} n={goal.reached}>
              {t('outcomeSideShown', { shown: reached(words, goal) ?? '' })}
            </Listed>
            {' · '}
            <Listed list="invited.heldOutReached" of={of} n={heldOut.goal.reached}>
              {t('outcomeSideHeld', { held: reached(words, heldOut.goal) ?? '' })}
            </Listed>
          </p>
        </>
      ) : (
        <p class="measure-n">{whyNoLift(words, outcome)}</p>
      )}
    </>
  )
}

interface Step {
  name: TextKey
  list: ReportList
  means: Definable
  n: number
  of: number
}

function stepsOf(outcome: RuleOutcome): Step[] {
  const { eligible, heldOut, shown, seen, opened, replied, goal } = outcome
  return [
    {
      name: 'outcomeEligible',
      list: 'invited.eligible',
      means: { term: 'eligible' },
      n: eligible,
      of: eligible,
    },
    {
      name: 'outcomeLeftOut',
      list: 'invited.heldOut',
      means: { term: 'heldOut' },
      n: heldOut.n,
      of: eligible,
    },
    { name: 'outcomeShown', list: 'invited.shown', means: { term: 'invited' }, n: shown, of: eligible },
    { name: 'outcomeSeen', list: 'invited.seen', means: { term: 'seen' }, n: seen, of: shown },
    { name: 'outcomeOpened', list: 'invited.opened', means: { term: 'opened' }, n: opened, of: shown },
    { name: 'outcomeReplied', list: 'invited.replied', means: { term: 'replied' }, n: replied, of: shown },
    {
      name: 'outcomeGoal',
      list: 'invited.reached',
      means: { measure: 'proactive.goal' },
      n: goal.reached,
      of: goal.n,
    },
  ]
}

/** Each step, as a share of the one it is measured by; a table whose bars are for the eye. */
function Steps({ outcome }: { outcome: RuleOutcome }) {
  const words = useWords()
  const { eligible } = outcome
  return (
    <table class="bars" aria-labelledby={`outcome-${outcome.rule.id}`}>
      <tbody>
        {stepsOf(outcome).map(({ name, list, means, n, of }) => (
          <tr key={name}>
            <th scope="row">
              <Defined {...means}>{words.t(name)}</Defined>
            </th>
            <td class="bar-cell" aria-hidden="true">
              <Bar part={eligible === 0 ? 0 : n / eligible} />
            </td>
            <td class="number">
              <Listed list={list} of={{ rule: outcome.rule.id }} n={n} name={words.t(name)} />
            </td>
            <td class="number quiet-words">{of === 0 ? '–' : share(words, n / of)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const figuresOf = (words: Words, { shown, replied, goal }: Variant) =>
  [
    ['invited.shown', shown, figure(words, shown)],
    ['invited.replied', replied, shown === 0 ? '–' : share(words, replied / shown)],
    ['invited.reached', goal.reached, reached(words, goal) ?? '–'],
  ] as const

function Variants({ rule, variants }: { rule: RuleId; variants: readonly Variant[] }) {
  const words = useWords()
  const { t } = words
  const reach = reachOf(variants.map(({ lift }) => lift))
  return (
    <div class="outcome-variants">
      <table>
        <caption>{t('outcomeVariants')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('outcomeText')}</th>
            <th scope="col">{t('outcomeShown')}</th>
            <th scope="col">{t('outcomeReplied')}</th>
            <th scope="col">{t('outcomeGoal')}</th>
          </tr>
        </thead>
        {variants.map((one) => (
          <tbody key={one.variant}>
            <tr>
              <th scope="row">
                <bdi>{one.variant ?? t('outcomeOwnText')}</bdi>
              </th>
              {figuresOf(words, one).map(([list, n, text]) => (
                <td key={list}>
                  <Listed
                    list={list}
                    of={{ rule, variant: one.variant ?? '' }}
                    n={n}
                    name={one.variant ?? t('outcomeOwnText')}
                  >
                    {text}
                  </Listed>
                </td>
              ))}
            </tr>
            <tr>
              <td colSpan={4}>
                <VariantLift variant={one} reach={reach} />
              </td>
            </tr>
          </tbody>
        ))}
      </table>
    </div>
  )
}

function VariantLift({ variant: { lift }, reach }: { variant: Variant; reach: number }) {
  const words = useWords()
  if (!lift) return <span class="quiet-words">{words.t('notEnoughData')}</span>
  const { difference, low, high } = lift
  return (
    <>
      <LiftRange lift={lift} reach={reach} />
      <span class="variant-lift">
        <span>{words.t('outcomeLift')}</span>
        <span>{words.t('outcomePoints', { n: points(words, difference) })}</span>
      </span>
      <span class="variant-lift quiet-words">
        {words.t('outcomeBetween', { low: points(words, low), high: points(words, high) })}
      </span>
    </>
  )
}
