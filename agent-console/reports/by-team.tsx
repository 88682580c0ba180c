import type { TeamScore } from '../../shared/metrics/satisfaction.ts'
import { useWords } from '../ui/context.tsx'
import { useNames } from './breakdowns.tsx'
import { Defined } from './definition.tsx'
import { Opened } from './opened.tsx'
import { ScoreLine } from './score-line.tsx'

/** The ratings by the team that was credited; a table whose bars are for the eye. Nothing where there are no teams. */
export function ByTeam({ teams }: { teams: readonly TeamScore[] }) {
  const { t, count } = useWords()
  const nameOf = useNames('team')
  if (teams.every(({ key }) => key === null)) return null
  return (
    <section class="card" aria-labelledby="by-team">
      <h2 id="by-team">
        <Defined measure="csat">{t('byTeamTitle')}</Defined>
      </h2>
      <table class="bars" aria-labelledby="by-team">
        <tbody>
          {teams.map((team) => (
            <ScoreLine key={team.key} of={team} name={<bdi>{nameOf(team.key)}</bdi>}>
              <Opened
                figure="csat"
                of={{ by: 'team', key: team.key ?? undefined }}
                n={team.n}
                name={nameOf(team.key)}
              >
                {count('ofRatings', team.n)}
              </Opened>
            </ScoreLine>
          ))}
        </tbody>
      </table>
    </section>
  )
}
