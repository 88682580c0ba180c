import fc from 'fast-check'
import type { History } from '../../server/history/history.ts'
import type { Command } from '../../shared/conversation/decide.ts'
import type { Author, Entry, Rating } from '../../shared/conversation/entry.ts'
import type { ConversationFacts } from '../../shared/conversation/facts.ts'
import { type ConversationId, makeId, type SiteId } from '../../shared/ids.ts'
import { type Result, success } from '../../shared/result.ts'
import type { Workspace } from '../../shared/workspace.ts'
import { allEntries, hour, minute, newClientId, noon, scene, taken } from './history-cast.ts'

type Agent = Author & { kind: 'agent' }

const agent = (n: number, name: string): Agent => ({
  kind: 'agent',
  id: makeId('a', noon, new Uint8Array(10).fill(n)),
  name,
})
export const sara = agent(21, 'Sara')
export const omid = agent(22, 'Omid')
export const lale = agent(23, 'Lale')
const agents = [sara, omid, lale]

type Act = Command | { type: 'says' }

const says = (author: Author, note = false): Command => ({
  ...{ type: 'message', author, clientId: newClientId(), text: 'Hello', note },
})
const assign = (to: Agent | null): Command => ({
  type: 'assign',
  agent: to && { id: to.id, name: to.name },
  by: sara,
})
const asks = ['csat', 'ces', 'goal', 'emotion', 'nps'] as const
const closes: Command = { type: 'close', by: omid, reason: 'agent', surveyLocked: false, asks }

const anyAgent = fc.constantFrom(...agents)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Act>({ type: 'says' }) },
  { weight: 5, arbitrary: anyAgent.map((one): Act => says(one)) },
  { weight: 2, arbitrary: fc.option(anyAgent).map((one): Act => assign(one)) },
  { weight: 2, arbitrary: fc.constant<Act>(closes) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Act>(
      says(sara, true),
      { ...closes, unasked: 'spam' },
      { type: 'reopen', by: sara },
      { type: 'leave' },
      { type: 'return' },
      { type: 'skipSurvey' },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.constantFrom<Rating>(1, 2, 3, 4, 5).map((rating): Act => ({ type: 'rate', rating, comment: '' })),
      fc
        .tuple(fc.constantFrom('ces', 'emotion'), fc.integer({ min: 1, max: 5 }))
        .map(([about, score]): Act => ({ type: 'answer', about, score }) as Act),
    ),
  },
)

const pause = fc.oneof(
  fc.integer({ min: 0, max: 10 * minute }),
  fc.integer({ min: 0, max: 9 * hour }),
  fc.constantFrom(0, minute, 5 * minute, hour),
)

const facts: fc.Arbitrary<ConversationFacts | null> = fc.option(
  fc.record({
    segments: fc.constantFrom([], ['known']),
    language: fc.constantFrom('en', 'fa', 'fa-IR'),
    page: fc.constantFrom(null, 'https://shop.example/', 'https://shop.example/pricing/plans'),
    device: fc.constantFrom('desktop', 'phone'),
    proactive: fc.boolean(),
  }),
)

interface Talk {
  site: number
  facts: ConversationFacts | null
  starts: number
  acts: [Act, number][]
}

const talk: fc.Arbitrary<Talk> = fc.record({
  site: fc.integer({ min: 0, max: 1 }),
  facts,
  starts: fc.integer({ min: -30 * hour, max: 24 * hour }),
  acts: fc.array(fc.tuple(act, pause), { minLength: 4, maxLength: 16, size: 'max' }),
})

const anyTalks = fc.array(talk, { minLength: 14, maxLength: 18, size: 'max' })
const anyPresence = fc.array(
  fc.tuple(anyAgent, fc.integer({ min: -40 * hour, max: 40 * hour }), fc.boolean()),
  { minLength: 20, maxLength: 30 },
)

export interface Subject {
  id: ConversationId
  siteId: SiteId
  entries: Entry[]
}

/** Plays what the seed says around a moment, and answers what then stands in the record. */
export async function playHistory(
  history: History,
  { seed, around, sites }: { seed: number; around: number; sites: readonly SiteId[] },
): Promise<Subject[]> {
  const [talks = []] = fc.sample(anyTalks, { seed, numRuns: 1 })
  const [presence = []] = fc.sample(anyPresence, { seed, numRuns: 1 })
  const states = presence.map(([{ id: agentId }, at, isThere]) => ({
    ...{ agentId, server: `house ${seed}`, at: around + at },
    state: isThere ? ('online' as const) : ('offline' as const),
  }))
  await history.agentStates.record(states)
  await history.agentStates.sign(`house ${seed}`, around + 48 * hour)
  const played = await Promise.all(talks.map((one) => playTalk(history, one, { around, sites })))
  return played.flat()
}

async function playTalk(
  history: History,
  talk: Talk,
  { around, sites }: { around: number; sites: readonly SiteId[] },
): Promise<Subject[]> {
  const siteId = sites[talk.site] ?? sites[0]
  if (!siteId) throw new Error('A history needs a site.')
  const here = scene(history, siteId)
  const begins = (at: number) => (talk.facts ? here.begins('Hello', talk.facts, at) : here.says('Hello', at))
  let at = around + talk.starts
  let id = taken(await begins(at)).conversation.id
  const ids = new Set([id])
  for (const [act, pause] of talk.acts) {
    at += pause
    if (act.type === 'says') id = taken(await begins(at)).conversation.id
    // What is refused is no part of the story.
    else await here.does(id, act.type === 'message' ? { ...act, clientId: newClientId() } : act, at)
    ids.add(id)
  }
  return Promise.all(
    [...ids].map(async (one) => ({ id: one, siteId, entries: await allEntries(history, one) })),
  )
}

/** Two teams, one of which works across midnight; days with a break, and one of them a holiday. */
export function worksByHours(draft: Workspace): Result<undefined> {
  const [first] = draft.sites
  if (first) draft.sites = [{ ...first, calendar: 'office' }]
  draft.teams = [
    { id: 'day', name: 'Day', agents: [sara.id, omid.id] },
    { id: 'night', name: 'Night', agents: [lale.id], calendar: 'night' },
  ]
  draft.targets = [
    { firstResponse: 10 * minute, resolution: 4 * hour },
    { team: 'night', response: 2 * minute },
  ]
  draft.calendars = [
    {
      ...{ id: 'office', name: 'Office', timeZone: 'Europe/Berlin' },
      weekly: [
        { days: [1, 2, 3, 4, 5], from: '09:00', to: '12:30' },
        { days: [1, 2, 3, 4, 5, 6], from: '13:15', to: '18:00' },
      ],
      holidays: [{ on: 'date', name: 'Epiphany', date: '2026-01-02' }],
    },
    {
      ...{ id: 'night', name: 'Night', timeZone: 'America/New_York' },
      weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '21:30', to: '04:15' }],
    },
  ]
  return success(undefined)
}
