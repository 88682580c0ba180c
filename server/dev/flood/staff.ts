import * as v from 'valibot'
import { type AgentId, makeId, type SiteId, SiteKey } from '../../../shared/ids.ts'
import type { Workspace } from '../../../shared/workspace.ts'
import type { Chance } from '../../demo/seeding/chance.ts'
import type { AgentAuthor } from '../../demo/seeding/spoken.ts'

export interface Staff {
  sites: readonly [SiteId, ...SiteId[]]
  agents: readonly [AgentAuthor, ...AgentAuthor[]]
}

const names = [
  ...['Sara Moradi', 'Omid Karimi', 'Leila Haddad', 'Jonas Weber', 'Priya Nair', 'Youssef Amin'],
  ...['Hannah Berg', 'Negar Mohammadi', 'Tom Okafor', 'Rim Khoury', 'Luca Moretti', 'Arash Kazemi'],
]
const teams = ['sales', 'support', 'nights']
const locales = ['en', 'fa', 'ar'] as const

/** Two sites, twelve agents and three teams in a house that has none. Nobody can sign in as one of them. */
export function hire(draft: Workspace, chance: Chance, from: number): Staff {
  const siteIds: [SiteId, SiteId] = [
    makeId('s', from, chance.bytes(10)),
    makeId('s', from + 1, chance.bytes(10)),
  ]
  for (const [i, id] of siteIds.entries()) draft.sites.push(siteOf(id, i, from))
  const agents = names.map((name, i): AgentAuthor => {
    const id = makeId('a', from + i, chance.bytes(10))
    draft.agents.push(accountOf(id, name, from))
    return { kind: 'agent', id, name }
  })
  draft.segments = [{ id: 'buyers', siteId: siteIds[0], name: 'Buyers', when: [] }]
  draft.teams = teams.map((id, team) => ({
    ...{ id, name: id },
    agents: agents.filter((_, i) => teamOf(i) === team).map((one) => one.id),
  }))
  draft.calendars = [hours]
  const [first, ...rest] = agents
  if (!first) throw new Error('There is nobody to hire.')
  return { sites: siteIds, agents: [first, ...rest] }
}

/** Two shifts a day, from Saturday to Thursday noon, and the new year. */
const hours: NonNullable<Workspace['calendars']>[number] = {
  ...{ id: 'office', name: 'Office', timeZone: 'Asia/Tehran' },
  weekly: [
    { days: [6, 7, 1, 2, 3], from: '09:00', to: '13:00' },
    { days: [6, 7, 1, 2, 3], from: '14:00', to: '18:00' },
    { days: [4], from: '09:00', to: '13:00' },
  ],
  holidays: [{ on: 'jalali', name: 'Nowruz', month: 1, day: 1, days: 4 }],
}

const teamOf = (person: number): number => (person % 6 === 5 ? 2 : person % 2)

const siteOf = (id: SiteId, i: number, createdAt: number): Workspace['sites'][number] => ({
  ...{ id, createdAt, key: v.parse(SiteKey, i === 0 ? 'demo' : 'flood-2'), name: `Flood ${i + 1}` },
  ...{
    origins: [`https://shop-${i + 1}.example`],
    locale: locales[i] ?? 'en',
    accent: '#0f766e',
    side: 'end',
  },
  ...{ greeting: {}, replyTime: {} },
  // The sweep would begin to take away what was just written.
  retentionDays: 3_650,
})

const accountOf = (id: AgentId, name: string, createdAt: number): Workspace['agents'][number] => ({
  ...{ id, name, createdAt, role: 'agent', active: true },
  email: `${name.toLowerCase().replace(' ', '.')}@flood.example`,
  passwordHash: 'nobody’s',
})
