import type { TeamScore } from '../../shared/metrics/satisfaction.ts'
import { useWords } from '../ui/context.tsx'
import { share } from '../ui/format.ts'
import { useNames } from './breakdowns.tsx'
import { Defined } from './definition.tsx'
import { Bar } from './distribution.tsx'
import { enoughRatings } from './figures.ts'
import { Opened } from './opened.tsx'

/** The ratings by the team that was credited; a table whose bars are for the eye. Nothing where there are no teams. */
export function ByTeam({ teams }: { teams: readonly TeamScore[] }) {
  const words = useWords()
  const { t, count } = words
  const nameOf = useNames('team')
  if (teams.every(({ key }) => key === null)) return null
  return (
    <section class="card" aria-labelledby="by-team">
      <h2 id="by-team">
        <Defined measure="csat">{t('byTeamTitle')}</Defined>
      </h2>
      <table class="bars" aria-labelledby="by-team">
        <tbody>
          {teams.map(({ key, n, score, low, high }) => (
            <tr key={key} class={n < enoughRatings ? 'few' : ''}>
              <th scope="row">
                <bdi>{nameOf(key)}</bdi>
              </th>
              <td class="bar-cell" aria-hidden="true">
                <Bar part={score ?? 0} />
              </td>
              <td class="number">{score === null ? t('notEnoughData') : share(words, score)}</td>
              <td class="quiet-words">
                {low !== null && high !== null && `${share(words, low)} – ${share(words, high)}`}
              </td>
              <td class="number quiet-words">
                <Opened figure="csat" of={{ by: 'team', key: key ?? undefined }} n={n} name={nameOf(key)}>
                  {count('ofRatings', n)}
                </Opened>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
