import type { Agents } from '../../shared/metrics/agents.ts'
import type { CasesWanted } from '../../shared/metrics/case-figures.ts'
import type { ClockName } from '../../shared/metrics/clocks.ts'
import type { Figures } from '../../shared/metrics/column.ts'
import type { Case } from '../../shared/metrics/opened-case.ts'
import { type ResponseTimes, waitBounds } from '../../shared/metrics/response-times.ts'
import type { Said } from '../../shared/metrics/satisfaction.ts'
import type { Volume } from '../../shared/metrics/volume.ts'

export interface Opened {
  items: Case[]
  total: number
  amount: number
}

export interface Told {
  times: ResponseTimes
  said: Said
  volume: Volume
  agents: Agents
}

type Say = Record<string, unknown>
/** A figure with what it says, and what says the same of the list it opens. */
interface Check {
  wanted: CasesWanted
  says: Say
  of(opened: Opened): Say
}

/** Every figure of the reports against the list it opens, worked out again by hand; what differs is told. */
export async function disagreements(
  told: Told,
  clock: ClockName,
  open: (wanted: CasesWanted) => Promise<Opened>,
  /** Some of many: the `first`, and from there each so many. */
  { first, each } = { first: 0, each: 1 },
): Promise<string[]> {
  const faults: string[] = []
  const checks = checksOf(told, clock).filter((_, i) => i % each === first)
  for (const { wanted, says, of } of checks) {
    const opened = await open(wanted)
    const found = of(opened)
    for (const [name, value] of Object.entries(says))
      if (found[name] !== value)
        faults.push(`${JSON.stringify(wanted)}: ${name} is ${value}, its list has ${found[name]}`)
    faults.push(...broken(opened).map((fault) => `${JSON.stringify(wanted)}: ${fault}`))
  }
  return faults
}

/** On each clock the pieces add up to what is measured. */
function broken({ items, total, amount }: Opened): string[] {
  const faults = items.flatMap(({ measured, pieces }) =>
    (['wall', 'business', 'staffed'] as const).flatMap((clock) => {
      const sum = pieces.reduce((all, piece) => all + piece[clock], 0)
      return sum === measured[clock] ? [] : [`pieces come to ${sum}, not ${measured[clock]} (${clock})`]
    }),
  )
  const sum = items.reduce((all, { n }) => all + n, 0)
  if (items.length !== total) faults.push(`total is ${total} of ${items.length}`)
  if (sum !== amount) faults.push(`amount is ${amount} of ${sum}`)
  return faults
}

const checksOf = (told: Told, clock: ClockName): Check[] => [
  ...lengthChecks(told.times, clock),
  ...shareChecks(told.times),
  ...lateChecks(told.times),
  ...groupChecks(told.times, clock),
  ...volumeChecks(told.volume),
  ...saidChecks(told.said),
  ...agentChecks(told.agents, clock),
]

/** By nearest rank, slowly. */
export function figuresOf(lengths: readonly number[]): Say {
  const sorted = [...lengths].sort((a, b) => a - b)
  const rank = (part: number) => sorted[Math.ceil(part * sorted.length) - 1] ?? null
  const mean = sorted.length ? sorted.reduce((sum, one) => sum + one, 0) / sorted.length : null
  return { n: sorted.length, p50: rank(0.5), p90: rank(0.9), mean, max: sorted.at(-1) ?? null }
}

const lengthsOf =
  (clock: ClockName) =>
  ({ items }: Opened): Say => ({
    ...figuresOf(items.map(({ measured }) => measured[clock])),
    censored: items.filter(({ measured }) => measured.censored).length,
  })

const only = (figures: Partial<Figures>, names: readonly (keyof Figures)[]): Say =>
  Object.fromEntries(names.map((name) => [name, figures[name]]))

const count = ({ items }: Opened): Say => ({ n: items.length })
const amount = ({ amount: n }: Opened): Say => ({ n })
const allFigures = ['n', 'p50', 'p90', 'mean', 'max', 'censored'] as const

function lengthChecks({ measures, distribution }: ResponseTimes, clock: ClockName): Check[] {
  const of = lengthsOf(clock)
  return [
    ...Object.entries(measures).flatMap(([id, figures]): Check[] => {
      const figure = id as CasesWanted['figure']
      return [
        { wanted: { figure }, says: only(figures, allFigures), of },
        { wanted: { figure, unanswered: true }, says: { n: figures.censored }, of: count },
      ]
    }),
    ...distribution.map(({ n }, i): Check => {
      const [longerThan, upTo] = [waitBounds[i - 1], waitBounds[i]]
      const lengths = { ...(longerThan && { longerThan }), ...(upTo && { upTo }) }
      return { wanted: { figure: 'response', ...lengths }, says: { n }, of: count }
    }),
  ]
}

const shareChecks = ({ shares }: ResponseTimes): Check[] =>
  Object.entries(shares).flatMap(([id, { n, of }]): Check[] => {
    const figure = id as CasesWanted['figure']
    return [
      { wanted: { figure }, says: { n: of }, of: count },
      { wanted: { figure, outcome: true }, says: { n }, of: count },
      { wanted: { figure, outcome: false }, says: { n: of - n }, of: count },
    ]
  })

const lateChecks = ({ breaches }: ResponseTimes): Check[] =>
  breaches.flatMap(({ team, aim, n, of }): Check[] => {
    const wanted: CasesWanted = { figure: `late.${aim}`, by: { respect: 'team', key: team } }
    return [
      { wanted, says: { n: of }, of: count },
      { wanted: { ...wanted, outcome: true }, says: { n }, of: count },
    ]
  })

const firstResponse = 'firstResponse.customer'

function groupChecks({ series, week, by }: ResponseTimes, clock: ClockName): Check[] {
  const of = lengthsOf(clock)
  return [
    ...series.map(
      ({ day, ...figures }): Check => ({
        ...{ wanted: { figure: firstResponse, day }, says: only(figures, ['n', 'p50', 'p90']), of },
      }),
    ),
    ...week
      .filter(({ n }, i) => n > 0 || i % 40 === 0)
      .map(
        ({ weekday, hour, ...figures }): Check => ({
          ...{ wanted: { figure: firstResponse, weekday, hour }, says: only(figures, ['n', 'p50']), of },
        }),
      ),
    ...Object.entries(by).flatMap(([name, groups]) =>
      groups.map(({ key, ...figures }): Check => {
        const respect = name as keyof typeof by
        const figure = respect === 'agent' ? 'firstResponse.agent' : firstResponse
        const says = only(figures, ['n', 'p50', 'p90'])
        return { wanted: { figure, by: { respect, key } }, says, of }
      }),
    ),
  ]
}

const volumeFigures = ['conversations', 'episodes', 'visitorMessages', 'agentMessages', 'proactive'] as const

const volumeChecks = ({ totals, series, week }: Volume): Check[] => [
  ...volumeFigures.flatMap((figure): Check[] => [
    { wanted: { figure }, says: { n: totals[figure] }, of: amount },
    ...series.map(
      (day): Check => ({ wanted: { figure, day: day.day }, says: { n: day[figure] }, of: amount }),
    ),
  ]),
  ...week
    .filter(({ n }, i) => n > 0 || i % 40 === 0)
    .map(
      ({ weekday, hour, n }): Check => ({
        ...{ wanted: { figure: 'episodes', weekday, hour }, says: { n }, of: count },
      }),
    ),
]

const answers = ({ items }: Opened): (number | null)[] => items.map(({ answer }) => answer)
const ratings = (opened: Opened): Say => {
  const all = answers(opened).map(Number)
  return { n: all.length, score: all.length ? all.filter((one) => one >= 4).length / all.length : null }
}

const asks = ['csat', 'nps', 'ces', 'goal', 'emotion'] as const

function saidChecks(said: Said): Check[] {
  const { csat, byFirstResponse, byTeam } = said
  return [
    ...asks.flatMap((figure): Check[] => {
      const { episodes, shown, skipped, answered, distribution } = said[figure]
      const states = { closed: episodes, shown, skipped, answered }
      return [
        ...Object.entries(states).map(
          ([state, n]): Check => ({
            wanted: { figure, state: state as keyof typeof states },
            ...{ says: { n }, of: count },
          }),
        ),
        ...Object.values(distribution).map(
          (n, i): Check => ({
            ...{ wanted: { figure, answer: i + (figure === 'nps' ? 0 : 1) }, says: { n }, of: count },
          }),
        ),
      ]
    }),
    { wanted: { figure: 'csat', state: 'unasked' }, says: { n: csat.unasked }, of: count },
    { wanted: { figure: 'csat' }, says: { n: csat.answered, score: csat.score }, of: ratings },
    ...byFirstResponse.map(({ n, score }, i): Check => {
      const [longerThan, upTo] = [waitBounds[i - 1] ?? -1, waitBounds[i]]
      const lengths = { longerThan, ...(upTo && { upTo }) }
      return { wanted: { figure: 'csat', ...lengths }, says: { n, score }, of: ratings }
    }),
    ...byTeam.map(
      ({ key, n, score }): Check => ({
        ...{ wanted: { figure: 'csat', by: { respect: 'team', key } }, says: { n, score }, of: ratings },
      }),
    ),
  ]
}

const agentChecks = ({ agents }: Agents, clock: ClockName): Check[] =>
  agents.flatMap(({ agentId, turns, response, firstResponse, handle, closed, csat }): Check[] => {
    const by = { respect: 'agent', key: agentId } as const
    const of = lengthsOf(clock)
    return [
      { wanted: { figure: 'turns', by }, says: { n: turns }, of: count },
      { wanted: { figure: 'response', by }, says: only(response, allFigures), of },
      { wanted: { figure: 'firstResponse.agent', by }, says: only(firstResponse, allFigures), of },
      { wanted: { figure: 'handle', by }, says: only(handle, allFigures), of },
      { wanted: { figure: 'closed', by }, says: { n: closed }, of: count },
      { wanted: { figure: 'csat', by }, says: { n: csat.n, score: csat.score }, of: ratings },
    ]
  })
