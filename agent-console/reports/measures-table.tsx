import type { Figures } from '../../shared/metrics/column.ts'
import type { LengthId } from '../../shared/metrics/definitions.ts'
import type { ResponseTimes } from '../../shared/metrics/response-times.ts'
import { useWords } from '../ui/context.tsx'
import { share } from '../ui/format.ts'
import type { TextKey } from '../ui/words.ts'
import { Defined } from './definition.tsx'
import type { Term } from './explanations.ts'
import { tellableP90 } from './figures.ts'
import { LengthOpened, Opened } from './opened.tsx'

/** From the first word to the last, in the order in which a chat goes. */
const measureNames = [
  ['firstResponse.customer', 'firstResponse'],
  ['firstResponse.human', 'firstResponseHuman'],
  ['firstResponse.agent', 'firstResponseAgent'],
  ['response', 'responseTimes'],
  ['wait', 'waitInQueue'],
  ['handle', 'handleTime'],
  ['resolution.episode', 'resolutionEpisode'],
  ['resolution.first', 'resolutionFirst'],
  ['resolution.last', 'resolutionLast'],
] as const satisfies readonly (readonly [LengthId, TextKey])[]

const columns = [
  ['countColumn', 'counted'],
  ['median', 'median'],
  ['p90', 'p90'],
  ['mean', 'mean'],
  ['longest', 'longest'],
  ['inTarget', 'inTarget'],
] as const satisfies readonly (readonly [TextKey, Term])[]

/** All that is measured in time, side by side. */
export function MeasuresTable({ measures }: { measures: ResponseTimes['measures'] }) {
  const { t } = useWords()
  return (
    <section class="card" aria-labelledby="all-measures">
      <h2 id="all-measures">{t('allMeasures')}</h2>
      <div class="table-scroll">
        <table class="table figures-table" aria-labelledby="all-measures">
          <thead>
            <tr>
              <th scope="col">{t('measureColumn')}</th>
              {columns.map(([name, term]) => (
                <th key={name} scope="col" class="number">
                  <Defined term={term}>{t(name)}</Defined>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {measureNames.map(([id, name]) => (
              <Row key={id} id={id} name={t(name)} figures={measures[id]} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Row({ id, name, figures }: { id: LengthId; name: string; figures: Figures }) {
  const words = useWords()
  const { n, p50, mean, max, withinTarget } = figures
  return (
    <tr>
      <th scope="row">
        <Defined measure={id}>{name}</Defined>
      </th>
      <td class="number">
        <Opened figure={id} n={n} name={name} />
      </td>
      {[p50, tellableP90(figures), mean, max].map((ms, i) => (
        <td key={columns[i + 1]?.[0]} class="number">
          <LengthOpened ms={ms} figure={id} n={n} name={name} />
        </td>
      ))}
      <td class="number">
        {withinTarget === null ? (
          '–'
        ) : (
          <Opened figure={id} n={n} name={name} beside>
            {share(words, withinTarget)}
          </Opened>
        )}
      </td>
    </tr>
  )
}
