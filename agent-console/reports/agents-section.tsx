import type { AgentFigures, Agents } from '../../shared/metrics/agents.ts'
import { reportHref } from '../state/report-view.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { duration, figure, share } from '../ui/format.ts'
import type { Words } from '../ui/words.ts'
import { enoughRatings } from './figures.ts'
import { Files } from './files.tsx'
import { useScope } from './report-scope.tsx'
import { type Column, Sortable } from './sortable.tsx'

/** Each colleague by what was theirs alone. */
export function AgentsSection({ agents }: Agents) {
  const { t } = useWords()
  return (
    <>
      <section class="card" aria-labelledby="by-agent">
        <h2 id="by-agent">{t('agents')}</h2>
        <p class="field-hint">{t('agentsOwned')}</p>
        {agents.length === 0 ? (
          <p class="not-enough">{t('notEnoughData')}</p>
        ) : (
          <AgentsTable agents={agents} />
        )}
      </section>
      <Files report="agents" />
    </>
  )
}

type Columns = [Column<AgentFigures>, ...Column<AgentFigures>[]]

function AgentsTable({ agents }: Agents) {
  const words = useWords()
  const { t } = words
  const { view } = useScope()
  const colleagues = useDeskState((desk) => desk.colleagues)
  const nameOf = ({ agentId }: AgentFigures) =>
    colleagues.find(({ id }) => id === agentId)?.name ?? t('withAgent')
  const time = (ms: number | null) => (ms === null ? '–' : duration(words, ms))
  const columns: Columns = [
    { id: 'name', name: t('filterAgent'), by: nameOf, cell: (one) => <bdi>{nameOf(one)}</bdi> },
    {
      id: 'turns',
      name: t('turnsColumn'),
      by: ({ turns }) => turns,
      cell: (one) => (
        <a
          href={reportHref({ ...view, part: 'turns', agent: one.agentId })}
          aria-label={t('turnsOf', { name: nameOf(one), n: one.turns })}
        >
          {figure(words, one.turns)}
        </a>
      ),
    },
    timeColumn(words, 'firstResponse', t('firstResponse')),
    timeColumn(words, 'response', t('ownResponse')),
    { id: 'p90', name: t('p90'), by: (one) => one.response.p90, cell: (one) => time(one.response.p90) },
    timeColumn(words, 'handle', t('handleTime')),
    {
      id: 'closed',
      name: t('closedEpisodes'),
      by: (one) => one.closed,
      cell: (one) => figure(words, one.closed),
    },
    {
      id: 'csat',
      name: t('satisfaction'),
      by: (one) => one.csat.score,
      cell: (one) => <Csat {...one.csat} />,
    },
  ]
  return (
    <Sortable
      label={t('agents')}
      rows={agents}
      keyOf={({ agentId }) => agentId}
      columns={columns}
      begin="turns"
    />
  )
}

const timeColumn = (
  words: Words,
  id: 'firstResponse' | 'response' | 'handle',
  name: string,
): Column<AgentFigures> => ({
  ...{ id, name },
  by: (one) => one[id].p50,
  cell: (one) => {
    const { p50 } = one[id]
    return p50 === null ? '–' : duration(words, p50)
  },
})

/** Greyed while a few ratings more would change it. */
function Csat({ n, score, low, high }: AgentFigures['csat']) {
  const words = useWords()
  if (score === null || low === null || high === null) return <>–</>
  return (
    <span class={n < enoughRatings ? 'quiet-words' : undefined}>
      {share(words, score)}{' '}
      <span class="cell-note">
        {words.t('shortInterval', { low: share(words, low), high: share(words, high), n })}
      </span>
    </span>
  )
}
