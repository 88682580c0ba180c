import { Fragment } from 'preact'
import type { FollowUpReport } from '../../shared/metrics/follow-ups.ts'
import { hrefOf } from '../state/route.ts'
import { useWords } from '../ui/context.tsx'
import { share } from '../ui/format.ts'
import { useCauseNames } from './cause-names.tsx'
import { Defined } from './definition.tsx'
import { Bar } from './distribution.tsx'
import { enoughRatings, shownShare } from './figures.ts'
import { Value } from './headline.tsx'
import { Listed } from './opened.tsx'
import { listHref } from './opens.ts'
import { useScope } from './report-scope.tsx'

/** Whether those who were let down were looked after, and what keeps coming back. */
export function FollowUpSection({ report }: { report: FollowUpReport }) {
  const words = useWords()
  const { t, count } = words
  const { view } = useScope()
  if (report.opened === 0) return null
  const { inTime } = report
  const grey = inTime.of < enoughRatings
  const score = shownShare(words, inTime.score)
  return (
    <div class="charts">
      <section class="card measure" aria-label={t('followUps')}>
        <h2>
          <Defined measure="followUp.inTime">{t('followUpsInTime')}</Defined>
        </h2>
        <p class={grey ? 'measure-value grey' : 'measure-value'}>
          <Value shown={score} href={inTime.n > 0 ? listHref(view, 'followUps.inTime') : undefined} />
          {inTime.low !== null && inTime.high !== null && (
            <span class="measure-note">
              {t('interval', { low: share(words, inTime.low), high: share(words, inTime.high) })}
            </span>
          )}
        </p>
        <p class="measure-n">
          <Listed list="followUps.decided" n={inTime.of}>
            {count('ofFollowUps', inTime.of)}
          </Listed>
        </p>
        <Counts report={report} />
        <p>
          <a href={hrefOf({ screen: 'follow-ups' })}>{t('followUps')}</a>
        </p>
      </section>
      <Causes causes={report.causes} categories={report.categories} all={report.opened} />
    </div>
  )
}

const counts = [
  { of: 'opened', name: 'followUpsOpened', term: 'followedUp' },
  { of: 'done', name: 'followUpsDone', term: 'followUpsDone' },
  { of: 'overdue', name: 'followUpsOverdue', term: 'followUpsOverdue' },
] as const

function Counts({ report }: { report: FollowUpReport }) {
  const { t } = useWords()
  return (
    <dl class="figures">
      {counts.map(({ of, name, term }) => (
        <div key={of}>
          <dt>
            <Defined term={term}>{t(name)}</Defined>
          </dt>
          <dd>
            <Listed list={`followUps.${of}`} n={report[of]} name={t(name)} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

const lists = [
  { kind: 'causes', title: 'recurringCauses', by: 'cause' },
  { kind: 'categories', title: 'recurringCategories', by: 'category' },
] as const

type ListsProps = Pick<FollowUpReport, 'causes' | 'categories'> & { all: number }

/** What keeps coming back: by cause, and by what it was about. */
function Causes({ all, ...found }: ListsProps) {
  const { t } = useWords()
  const nameOf = useCauseNames()
  return (
    <section class="card" aria-label={t('recurringCauses')}>
      {lists.map(({ kind, title, by }) => (
        <Fragment key={kind}>
          <h2 id={kind}>{t(title)}</h2>
          <table class="bars" aria-labelledby={kind}>
            <tbody>
              {found[kind].map(({ key, n }) => (
                <tr key={key}>
                  <th scope="row">{nameOf(kind, key)}</th>
                  <td class="bar-cell" aria-hidden="true">
                    <Bar part={n / all} />
                  </td>
                  <td class="number">
                    <Listed list="followUps.opened" of={{ [by]: key ?? '' }} n={n} name={nameOf(kind, key)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Fragment>
      ))}
    </section>
  )
}
