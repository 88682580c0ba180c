import fc from 'fast-check'
import type { Entry } from '../../../shared/conversation/entry.ts'
import { makeId, type SiteId } from '../../../shared/ids.ts'
import { agents } from '../../../shared/metrics/agents.ts'
import { aimingOf } from '../../../shared/metrics/aiming.ts'
import { caseChoice } from '../../../shared/metrics/case-choice.ts'
import type { Asking, CasesWanted } from '../../../shared/metrics/case-figures.ts'
import { foundInEpisode } from '../../../shared/metrics/case-finder.ts'
import type { Found } from '../../../shared/metrics/case-parts.ts'
import { foundInTurn } from '../../../shared/metrics/case-turns.ts'
import {
  businessClock,
  type Clocks,
  clockNames,
  staffedClock,
  wallClock,
} from '../../../shared/metrics/clocks.ts'
import { foldLedger } from '../../../shared/metrics/fold.ts'
import type { Episode, Turn } from '../../../shared/metrics/ledger.ts'
import { openedCase } from '../../../shared/metrics/opened-case.ts'
import type { About } from '../../../shared/metrics/question.ts'
import { responseTimes } from '../../../shared/metrics/response-times.ts'
import { satisfaction } from '../../../shared/metrics/satisfaction.ts'
import { ratedOf } from '../../../shared/metrics/turns.ts'
import { volume } from '../../../shared/metrics/volume.ts'
import type { Opened, Told } from '../../support/figures-opened.ts'
import { agentId, omid, siteId } from '../story.ts'
import { anyRecord } from './any-record.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
/** Where the records begin. */
const start = 1_800_000_000_000

const zones = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tehran', 'Pacific/Kiritimati']
const house = {
  sites: [],
  calendars: [
    {
      ...{ id: 'office', name: 'Office', timeZone: 'America/New_York' },
      weekly: [{ days: [1, 2, 3, 4, 5, 6, 7] as (1 | 2 | 3 | 4 | 5 | 6 | 7)[], from: '22:00', to: '03:30' }],
    },
  ],
}
const anybody = [0, 5, 11, 30].map((from) => ({ from: start + from * hour, to: start + (from + 4) * hour }))
const clocks: Clocks = {
  wall: wallClock,
  business: businessClock(house),
  staffed: staffedClock(() => anybody),
}
/** Cut where the hours begin and end is proved of turns: here it is enough that nothing is cut. */
const cuts = { open: () => [], online: () => [] }

const anyAbout: fc.Arbitrary<About> = fc.record({
  language: fc.constantFrom('en', 'fa-IR', null),
  page: fc.constantFrom('/', '/pricing', null),
  proactive: fc.constantFrom(true, false, null),
})

const size = { minLength: 3, maxLength: 8, size: 'max' } as const

export const anyReport = fc.record({
  records: fc.array(fc.tuple(anyRecord, anyAbout, fc.integer({ min: 0, max: day })), size),
  clock: fc.constantFrom(...clockNames),
  timeZone: fc.constantFrom(...zones),
  from: fc.integer({ min: -hour, max: 16 * hour }),
  length: fc.integer({ min: hour, max: 30 * hour }),
  late: fc.integer({ min: 0, max: 2 * day }),
})

const credited = { agentId: agentId(omid), team: 'night' }

/** As many kinds of asks and answers as there are: which, its number decides. */
function askedToo(entry: Entry): Entry {
  const { seq } = entry
  switch (entry.kind) {
    case 'closed':
      return {
        ...{ ...entry, survey: seq % 3 > 0, asks: seq % 2 ? ['ces', 'nps'] : ['goal', 'emotion'] },
        ...(seq % 4 === 0 && { credited }),
        ...(seq % 5 === 0 && { unasked: 'spam' }),
      }
    case 'rated':
      return { ...entry, rating: ratings[seq % 5] ?? 3 }
    case 'surveyShown':
      if (seq % 3 === 0) return { kind: 'surveySkipped', seq, at: entry.at }
      return seq % 2
        ? {
            ...{ seq, at: entry.at },
            ...{ kind: 'survey', about: 'ces', state: 'answered', score: (seq % 7) + 1 },
          }
        : entry
    default:
      return entry
  }
}

/** Whatever is said after the close is said in a new episode: the store lets nothing else happen. */
function inEpisodes(entries: readonly Entry[]): Entry[] {
  let isClosed = false
  return entries.map((entry) => {
    if (entry.kind === 'closed') isClosed = true
    if (entry.kind === 'reopened') isClosed = false
    if (!isClosed || entry.kind !== 'message') return entry
    isClosed = false
    return { kind: 'reopened', by: entry.author, seq: entry.seq, at: entry.at }
  })
}

const ratings = [1, 2, 3, 4, 5] as const

export interface Facts {
  turns: [Turn, About][]
  episodes: [Episode, About][]
}

export type AnyReport = typeof anyReport extends fc.Arbitrary<infer One> ? One : never

export function factsOf(records: AnyReport['records']): Facts {
  const facts: Facts = { turns: [], episodes: [] }
  for (const [i, [entries, about, shift]] of records.entries()) {
    const id = makeId('c', start, new Uint8Array(10).fill(i + 1))
    const site: SiteId = i % 2 ? siteId : makeId('s', 0, new Uint8Array(10).fill(7))
    const moved = inEpisodes(entries).map((entry) => ({ ...askedToo(entry), at: entry.at + shift }))
    const ledger = foldLedger({ id, siteId: site }, moved)
    facts.turns.push(...ledger.turns.map((turn): [Turn, About] => [turn, about]))
    facts.episodes.push(...ledger.episodes.map((episode): [Episode, About] => [episode, about]))
  }
  return facts
}

export function toldOf({ turns, episodes }: Facts, asking: Asking): Told {
  const [times, amounts, each] = [responseTimes(asking), volume(asking), agents(asking)]
  for (const [turn] of turns) {
    times.turn(turn)
    each.turn(turn)
  }
  for (const [episode, about] of episodes) {
    times.episode(episode, about)
    amounts.episode(episode, about)
    each.episode(episode)
  }
  const said = satisfaction()
  for (const [episode] of episodes) {
    const { closedAt } = episode
    const rated = closedAt !== null && closedAt >= asking.from && closedAt < asking.to && ratedOf(episode)
    if (rated) said.episode(rated)
  }
  return {
    ...{ times: times.answer(), volume: amounts.answer(), agents: each.answer() },
    said: said.answer(),
  }
}

export function openedOf({ turns, episodes }: Facts, asking: Asking, wanted: CasesWanted): Opened {
  const isChosen = caseChoice(wanted, asking)
  const opened = (all: Found[], of: Turn | Episode) =>
    all.filter((found) => isChosen(found, of)).map((found) => openedCase(found, of, { clocks, cuts }))
  const items = [
    ...turns.flatMap(([turn]) => opened(foundInTurn(wanted, turn, asking), turn)),
    ...episodes.flatMap(([episode, about]) =>
      opened(foundInEpisode(wanted, episode, { about, asking }), episode),
    ),
  ]
  return { items, total: items.length, amount: items.reduce((sum, { n }) => sum + n, 0) }
}

const aiming = aimingOf({
  ...house,
  teams: [{ id: 'night', name: 'Night', agents: [agentId(omid)] }],
  targets: [
    { firstResponse: 20 * minute, resolution: 3 * hour },
    { team: 'night', firstResponse: 5 * minute, response: 10 * minute },
  ],
})

/** What is asked of some records: each on its clock, in its place, of its time. */
export const askingOf = ({ clock, timeZone, from, length, late }: AnyReport): Asking => ({
  ...{ from: start + from, to: start + from + length, now: start + from + length + late },
  ...{ timeZone, clock: clocks[clock] },
  aiming,
})
