import type { ComponentChildren } from 'preact'
import type { AgentFigures } from '../../shared/metrics/agents.ts'
import type { CaseFigure } from '../../shared/metrics/case-figures.ts'
import type { Figures } from '../../shared/metrics/column.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { duration, figure, share } from '../ui/format.ts'
import type { Words } from '../ui/words.ts'
import { enoughRatings, tellableP90 } from './figures.ts'
import { Files } from './files.tsx'
import { Length, Opened } from './opened.tsx'
import { type Column, Sortable } from './sortable.tsx'

interface AgentsProps {
  agents: readonly AgentFigures[]
  /** Of the period before, where it was asked for. */
  before: readonly AgentFigures[] | undefined
}

/** Each colleague by what was theirs alone. */
export function AgentsSection({ agents, before }: AgentsProps) {
  const { t } = useWords()
  return (
    <>
      <section class="card" aria-labelledby="by-agent">
        <h2 id="by-agent">{t('agents')}</h2>
        <p class="field-hint">{t('agentsOwned')}</p>
        {agents.length === 0 ? (
          <p class="not-enough">{t('notEnoughData')}</p>
        ) : (
          <AgentsTable agents={agents} before={before} />
        )}
      </section>
      <Files report="agents" />
    </>
  )
}

type Columns = [Column<AgentFigures>, ...Column<AgentFigures>[]]

function AgentsTable({ agents, before }: AgentsProps) {
  const words = useWords()
  const colleagues = useDeskState((desk) => desk.colleagues)
  const nameOf = ({ agentId }: AgentFigures) =>
    colleagues.find(({ id }) => id === agentId)?.name ?? words.t('withAgent')
  const columns: Columns = [
    { id: 'name', name: words.t('filterAgent'), by: nameOf, cell: (one) => <bdi>{nameOf(one)}</bdi> },
    ...figureColumns(words, { nameOf, before }),
  ]
  return (
    <Sortable
      label={words.t('agents')}
      rows={agents}
      keyOf={({ agentId }) => agentId}
      columns={columns}
      begin="turns"
    />
  )
}

interface Told extends Pick<AgentsProps, 'before'> {
  nameOf(one: AgentFigures): string
}

function figureColumns(words: Words, { nameOf, before }: Told): Column<AgentFigures>[] {
  const { t } = words
  /** What is compared has a line for it, also where there was nothing before. */
  const was = (one: AgentFigures, said: (held: AgentFigures) => string): string | null => {
    const held = before?.find(({ agentId }) => agentId === one.agentId)
    return before ? (held ? said(held) : '–') : null
  }
  const counted = (id: 'turns' | 'closed', name: string): Column<AgentFigures> => ({
    ...{ id, name, means: { term: id === 'turns' ? 'agentWaits' : 'agentClosed' } },
    by: (one) => one[id],
    cell: (one) => (
      <Cell was={was(one, (held) => figure(words, held[id]))}>
        <Own figure={id} of={one} n={one[id]} name={nameOf(one)} />
      </Cell>
    ),
  })
  return [
    counted('turns', t('turnsColumn')),
    ...times(words).map(([id, opens, name, part, means]) => ({
      ...{ id: `${id} ${part}`, name, means },
      by: (one: AgentFigures) => partOf(one[id], part),
      cell: (one: AgentFigures) => (
        <Cell was={was(one, (held) => lengthIn(words, partOf(held[id], part)))}>
          <Own figure={opens} of={one} n={one[id].n} name={nameOf(one)} beside={part === 'p90'}>
            <Length ms={partOf(one[id], part)} />
          </Own>
        </Cell>
      ),
    })),
    counted('closed', t('closedEpisodes')),
    {
      id: 'csat',
      name: t('satisfaction'),
      means: { measure: 'csat' },
      by: (one) => one.csat.score,
      cell: (one) => (
        <Cell was={was(one, ({ csat: { score } }) => (score === null ? '–' : share(words, score)))}>
          <Own figure="csat" of={one} n={one.csat.n} name={nameOf(one)}>
            <Csat {...one.csat} />
          </Own>
        </Cell>
      ),
    },
  ]
}

const partOf = (held: Pick<Figures, 'n' | 'p50' | 'p90'>, part: 'p50' | 'p90'): number | null =>
  part === 'p90' ? tellableP90(held) : held.p50

const lengthIn = (words: Words, ms: number | null): string => (ms === null ? '–' : duration(words, ms))

const times = ({ t }: Words) =>
  [
    ['firstResponse', 'firstResponse.agent', t('firstResponse'), 'p50', { measure: 'firstResponse.agent' }],
    ['response', 'response', t('ownResponse'), 'p50', { term: 'ownWaits' }],
    ['response', 'response', t('p90'), 'p90', { term: 'p90' }],
    ['handle', 'handle', t('handleTime'), 'p50', { measure: 'handle' }],
  ] as const

interface OwnProps {
  figure: CaseFigure
  of: AgentFigures
  n: number
  name: string
  beside?: boolean
  children?: ComponentChildren
}

/** Only what is charged to them. */
const Own = ({ of: { agentId }, ...opened }: OwnProps) => (
  <Opened {...opened} of={{ by: 'agent', key: agentId }} />
)

function Cell({ was, children }: { was: string | null; children: ComponentChildren }) {
  const { t } = useWords()
  return (
    <>
      {children}
      {was !== null && <span class="cell-note cell-before">{t('beforeWas', { before: was })}</span>}
    </>
  )
}

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
