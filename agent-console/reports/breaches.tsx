import { type Aim, aims } from '../../shared/aims.ts'
import type { ResponseTimes } from '../../shared/metrics/response-times.ts'
import { everyPage } from '../connection/api.ts'
import { aimNames } from '../due/dues.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { share } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import { Defined } from './definition.tsx'
import { Opened } from './opened.tsx'
import { type Column, Sortable } from './sortable.tsx'

type Breach = ResponseTimes['breaches'][number]

interface TeamRow {
  team: string | null
  of: number
  broken: Partial<Record<Aim, Breach>>
}

/** What was aimed at and not kept, by the team that was to. */
export function Breaches({ breaches }: { breaches: readonly Breach[] }) {
  const words = useWords()
  const { t } = words
  const { api } = useSurroundings()
  const teams = useLoaded('teams', () => everyPage<{ id: string; name: string }>(api, '/teams'))
  const nameOf = (team: string | null) =>
    team === null ? t('noTeam') : (teams.value?.items.find(({ id }) => id === team)?.name ?? team)
  const rows = byTeam(breaches)
  if (rows.length === 0) return null
  const there = aims.filter((aim) => rows.some(({ broken }) => broken[aim]))
  const columns: [Column<TeamRow>, ...Column<TeamRow>[]] = [
    {
      id: 'team',
      name: t('filterTeam'),
      by: ({ team }) => nameOf(team),
      cell: ({ team }) => <bdi>{nameOf(team)}</bdi>,
    },
    ...there.map(
      (aim): Column<TeamRow> => ({
        id: aim,
        name: t(aimNames[aim]),
        means: { measure: 'late' },
        by: ({ broken }) => broken[aim]?.share ?? null,
        cell: ({ team, broken }) => <Share breach={broken[aim]} name={nameOf(team)} />,
      }),
    ),
  ]
  return (
    <section class="card" aria-labelledby="breaches">
      <h2 id="breaches">
        <Defined measure="late">{t('breaches')}</Defined>
      </h2>
      <Sortable
        label={t('breaches')}
        rows={rows}
        keyOf={({ team }) => String(team)}
        columns={columns}
        begin={there[0] ?? 'team'}
      />
    </section>
  )
}

/** How many were late, leading to those. */
function Share({ breach, name }: { breach: Breach | undefined; name: string }) {
  const words = useWords()
  if (!breach || breach.share === null) return <>–</>
  const { aim, team, n, of } = breach
  return (
    <>
      {share(words, breach.share)}{' '}
      <span class="table-aside">
        <Opened
          figure={`late.${aim}`}
          of={{ by: 'team', key: team ?? undefined, outcome: 'yes' }}
          n={n}
          name={name}
        >
          {words.t('nOf', { n, of })}
        </Opened>
      </span>
    </>
  )
}

function byTeam(breaches: readonly Breach[]): TeamRow[] {
  const rows = new Map<string | null, TeamRow>()
  for (const breach of breaches) {
    const { team, aim, of } = breach
    const row = rows.get(team) ?? { team, of: 0, broken: {} }
    rows.set(team, { team, of: row.of + of, broken: { ...row.broken, [aim]: breach } })
  }
  return [...rows.values()]
}
