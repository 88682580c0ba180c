import { type FollowUpSettings, usualFollowUps } from '../../shared/follow-up.ts'
import { localText } from '../../shared/locale.ts'
import type { FollowUpReport, Recurring } from '../../shared/metrics/follow-ups.ts'
import { hrefOf } from '../state/route.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { figure, share } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import type { TextKey } from '../ui/words.ts'
import { Defined } from './definition.tsx'
import { Bar } from './distribution.tsx'
import type { Term } from './explanations.ts'
import { enoughRatings, shownShare } from './figures.ts'

/** Whether those who were let down were looked after, and what keeps coming back. */
export function FollowUpSection({ report }: { report: FollowUpReport }) {
  const words = useWords()
  const { t, count } = words
  if (report.opened === 0) return null
  const { inTime } = report
  const grey = inTime.of < enoughRatings
  const score = shownShare(words, inTime.score)
  const counts: [TextKey, Term, number][] = [
    ['followUpsOpened', 'followedUp', report.opened],
    ['followUpsDone', 'followUpsDone', report.done],
    ['followUpsOverdue', 'followUpsOverdue', report.overdue],
  ]
  return (
    <div class="charts">
      <section class="card measure" aria-label={t('followUps')}>
        <h2>
          <Defined measure="followUp.inTime">{t('followUpsInTime')}</Defined>
        </h2>
        <p class={grey ? 'measure-value grey' : 'measure-value'}>
          <span class={score.known ? 'value' : 'value unknown'}>{score.text}</span>
          {inTime.low !== null && inTime.high !== null && (
            <span class="measure-note">
              {t('interval', { low: share(words, inTime.low), high: share(words, inTime.high) })}
            </span>
          )}
        </p>
        <p class="measure-n">{count('ofFollowUps', inTime.of)}</p>
        <dl class="figures">
          {counts.map(([name, term, n]) => (
            <div key={name}>
              <dt>
                <Defined term={term}>{t(name)}</Defined>
              </dt>
              <dd>{figure(words, n)}</dd>
            </div>
          ))}
        </dl>
        <p>
          <a href={hrefOf({ screen: 'follow-ups' })}>{t('followUps')}</a>
        </p>
      </section>
      <Causes causes={report.causes} all={report.opened} />
    </div>
  )
}

function Causes({ causes, all }: { causes: readonly Recurring[]; all: number }) {
  const words = useWords()
  const { api } = useSurroundings()
  const settings = useLoaded('settings', () => api.get<FollowUpSettings>('/follow-up-settings'))
  const known = (settings.value ?? usualFollowUps).causes
  const nameOf = (key: string): string => {
    const found = known.find(({ id }) => id === key)
    return found ? localText(found.name, words.locale) : key
  }
  return (
    <section class="card" aria-labelledby="causes">
      <h2 id="causes">{words.t('recurringCauses')}</h2>
      <table class="bars" aria-labelledby="causes">
        <tbody>
          {causes.map(({ key, n }) => (
            <tr key={key}>
              <th scope="row">{key === null ? words.t('causeUnknown') : nameOf(key)}</th>
              <td class="bar-cell" aria-hidden="true">
                <Bar part={n / all} />
              </td>
              <td class="number">{figure(words, n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
