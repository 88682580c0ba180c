import type { JourneyGroup, StageFigures } from '../../shared/metrics/journeys/question.ts'
import { type StageName, stageNames } from '../../shared/metrics/journeys/stages.ts'
import { useWords } from '../ui/context.tsx'
import { countAndShare, figure, share } from '../ui/format.ts'
import type { TextKey, Words } from '../ui/words.ts'
import { Defined } from './definition.tsx'
import { Bar } from './distribution.tsx'
import { Change } from './headline.tsx'
import { useScope } from './report-scope.tsx'
import { useSegments } from './segments-there.tsx'
import { type Column, Sortable } from './sortable.tsx'

export const stageTexts: Record<StageName, TextKey> = {
  ...{ aware: 'stageAware', consider: 'stageConsider', decide: 'stageDecide' },
  ...{ buy: 'stageBuy', use: 'stageUse', stay: 'stageStay' },
}

interface StagesProps {
  stages: readonly StageFigures[]
  before: readonly StageFigures[] | undefined
}

/** From stage to stage, and how many came no further; a table whose bars are for the eye. */
export function Stages({ stages, before }: StagesProps) {
  const words = useWords()
  const { t } = words
  const most = Math.max(1, ...stages.map(({ visitors }) => visitors))
  return (
    <section class="card" aria-labelledby="journey-stages">
      <h2 id="journey-stages">
        <Defined measure="journey.dropOff">{t('journeyStages')}</Defined>
      </h2>
      <table class="bars journey-stages" aria-labelledby="journey-stages">
        <tbody>
          {stages.map(({ stage, visitors, dropOff }, i) => (
            <tr key={stage}>
              <th scope="row">{t(stageTexts[stage])}</th>
              <td class="bar-cell" aria-hidden="true">
                <Bar part={visitors / most} />
              </td>
              <td class="number">{figure(words, visitors)}</td>
              <td class="quiet-words">
                {dropOff?.share != null && t('journeyDropOffOf', { share: share(words, dropOff.share) })}
                <Change now={visitors} before={before?.[i]?.visitors} kind="count" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <details class="behind">
        <summary>{t('showTable')}</summary>
        <StageTable stages={stages} />
      </details>
    </section>
  )
}

function StageTable({ stages }: Pick<StagesProps, 'stages'>) {
  const words = useWords()
  const { t } = words
  const columns: [Column<StageFigures>, ...Column<StageFigures>[]] = [
    {
      ...{ id: 'stage', name: t('journeyStage') },
      by: ({ stage }) => -stageNames.indexOf(stage),
      cell: ({ stage }) => t(stageTexts[stage]),
    },
    {
      ...{ id: 'visitors', name: t('journeyAtLeast') },
      by: ({ visitors }) => visitors,
      cell: ({ visitors }) => figure(words, visitors),
    },
    {
      ...{ id: 'reached', name: t('journeyReached') },
      by: ({ reached }) => reached,
      cell: ({ reached }) => figure(words, reached),
    },
    {
      ...{ id: 'dropOff', name: t('journeyDropOff'), means: { measure: 'journey.dropOff' } },
      by: ({ dropOff }) => dropOff?.share ?? null,
      cell: ({ dropOff }) => (dropOff ? countAndShare(words, dropOff) : '–'),
    },
  ]
  return (
    <Sortable
      label={t('journeyStages')}
      rows={stages}
      keyOf={({ stage }) => stage}
      columns={columns}
      begin="stage"
    />
  )
}

export const known = (words: Words, part: number | null): string => (part === null ? '–' : share(words, part))

/** Those who wrote beside those who did not, and each segment. */
export function SideBySide({ groups }: { groups: readonly JourneyGroup[] }) {
  const words = useWords()
  const { t } = words
  const nameOf = useSegmentNames()
  const columns: [Column<JourneyGroup>, ...Column<JourneyGroup>[]] = [
    {
      id: 'who',
      name: t('journeyWho'),
      by: (one) => groupName(words, one, nameOf),
      cell: (one) => groupName(words, one, nameOf),
    },
    {
      ...{ id: 'visitors', name: t('journeyVisitors'), means: { term: 'visitors' } },
      by: ({ visitors }) => visitors,
      cell: ({ visitors }) => figure(words, visitors),
    },
    ...stageNames.slice(1).map((stage) => ({
      ...{ id: stage, name: t(stageTexts[stage]) },
      by: (one: JourneyGroup) => partOf(one, stage),
      cell: (one: JourneyGroup) => known(words, partOf(one, stage)),
    })),
    {
      ...{ id: 'returned', name: t('journeyReturned'), means: { measure: 'journey.returned' } },
      by: ({ returned }) => returned.share,
      cell: ({ returned }) => known(words, returned.share),
    },
  ]
  return (
    <section class="card" aria-labelledby="journey-groups">
      <h2 id="journey-groups">{t('journeySideBySide')}</h2>
      <Sortable
        label={t('journeySideBySide')}
        rows={groups}
        keyOf={({ by, key }) => `${by} ${key}`}
        columns={columns}
        begin="visitors"
      />
    </section>
  )
}

const partOf = ({ visitors, stages }: JourneyGroup, stage: StageName): number | null =>
  visitors === 0 ? null : stages[stage] / visitors

function groupName({ t }: Words, { by, key }: JourneyGroup, nameOf: (id: string) => string): string {
  if (by === 'segment') return t('journeyOfSegment', { name: nameOf(key) })
  return t(key === 'yes' ? 'journeyChatYes' : 'journeyChatNo')
}

/** What people call a segment; by its id where it is not there any more. */
export function useSegmentNames(): (id: string) => string {
  const { view } = useScope()
  const { segments } = useSegments(view.site ?? null, undefined)
  return (id) => segments.find((one) => one.id === id)?.name ?? id
}
