import { useState } from 'preact/hooks'
import { type Respect, respects } from '../../shared/metrics/groups.ts'
import type { GroupFigures, ResponseTimes } from '../../shared/metrics/response-times.ts'
import { everyPage } from '../connection/api.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { share } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import { languageOf } from '../ui/language-names.ts'
import { Choices } from '../ui/parts.tsx'
import type { TextKey, Words } from '../ui/words.ts'
import { tellableP90 } from './figures.ts'
import { LengthOpened, Opened, type OpenedProps } from './opened.tsx'
import { type Column, Sortable } from './sortable.tsx'

export const respectNames: Record<Respect, TextKey> = {
  team: 'filterTeam',
  agent: 'filterAgent',
  site: 'site',
  page: 'filterPage',
  language: 'filterLanguage',
  proactive: 'filterProactive',
}

/** The same waits, told apart by one thing at a time. */
export function Breakdowns({ by }: { by: ResponseTimes['by'] }) {
  const { t } = useWords()
  const there = respects.filter((one) => by[one].some(({ key }) => key !== null))
  const [chosen, choose] = useState<Respect | null>(null)
  const shown = there.find((one) => one === chosen) ?? there[0]
  if (!shown) return null
  return (
    <section class="card" aria-labelledby="breakdown">
      <div class="card-head">
        <h2 id="breakdown">{t('toldApartBy')}</h2>
        <Choices
          name={t('toldApartBy')}
          value={shown}
          onChange={choose}
          choices={there.map((value) => ({ value, label: t(respectNames[value]) }))}
        />
      </div>
      <BreakdownTable dimension={shown} rows={by[shown]} />
    </section>
  )
}

function BreakdownTable({ dimension, rows }: { dimension: Respect; rows: readonly GroupFigures[] }) {
  const words = useWords()
  const { t } = words
  const nameOf = useNames(dimension)
  const isOwn = dimension === 'agent'
  const opened = ({ key, n }: GroupFigures) => ({
    ...{ figure: isOwn ? ('firstResponse.agent' as const) : ('firstResponse.customer' as const) },
    ...{ of: { by: dimension, key: key ?? undefined }, n, name: nameOf(key) },
  })
  const columns: [Column<GroupFigures>, ...Column<GroupFigures>[]] = [
    {
      id: 'key',
      name: t(respectNames[dimension]),
      by: ({ key }) => nameOf(key),
      cell: ({ key }) => <bdi>{nameOf(key)}</bdi>,
    },
    {
      ...{ id: 'n', name: t('turnsColumn') },
      means: isOwn ? { measure: 'firstResponse.agent' } : { term: 'firstWaits' },
      by: ({ n }) => n,
      cell: (one) => <Opened {...opened(one)} />,
    },
    ...(['p50', 'p90'] as const).map(
      (part): Column<GroupFigures> => ({
        ...{ id: part, name: t(part === 'p50' ? 'median' : 'p90') },
        means: { term: part === 'p50' ? 'median' : 'p90' },
        by: (one) => shownPart(one, part),
        cell: (one) => <LengthOpened ms={shownPart(one, part)} {...opened(one)} />,
      }),
    ),
    {
      ...{ id: 'withinTarget', name: t('inTarget'), means: { term: 'inTarget' } },
      by: ({ withinTarget }) => withinTarget,
      cell: (one) => <WithinTarget share={one.withinTarget} {...opened(one)} />,
    },
  ]
  return (
    <Sortable
      key={dimension}
      label={t(respectNames[dimension])}
      rows={rows}
      keyOf={({ key }) => String(key)}
      columns={columns}
      begin="n"
    />
  )
}

const WithinTarget = ({ share: part, ...opened }: OpenedProps & { share: number | null }) => {
  const words = useWords()
  return part === null ? (
    <>–</>
  ) : (
    <Opened {...opened} beside>
      {share(words, part)}
    </Opened>
  )
}

const shownPart = (one: GroupFigures, part: 'p50' | 'p90'): number | null =>
  part === 'p90' ? tellableP90(one) : one.p50

/** What the lines of a break-down are called. */
export function useNames(dimension: Respect): (key: string | null) => string {
  const words = useWords()
  const { api } = useSurroundings()
  const agents = useDeskState((desk) => desk.colleagues)
  const sites = useDeskState((desk) => desk.sites)
  const teams = useLoaded('teams', () => everyPage<{ id: string; name: string }>(api, '/teams'))
  const among = (list: readonly { id: string; name: string }[], key: string) =>
    list.find(({ id }) => id === key)?.name
  return (key) => {
    if (key === null) return words.t('unknownKey')
    switch (dimension) {
      case 'agent':
        return among(agents, key) ?? words.t('withAgent')
      case 'site':
        return among(sites, key) ?? key
      case 'team':
        return among(teams.value?.items ?? [], key) ?? key
      default:
        return plainName(words, dimension, key)
    }
  }
}

function plainName(words: Words, dimension: 'page' | 'language' | 'proactive', key: string): string {
  if (dimension === 'language') return languageOf(words, key)
  if (dimension === 'proactive') return words.t(key === 'yes' ? 'proactiveYes' : 'proactiveNo')
  return key
}
