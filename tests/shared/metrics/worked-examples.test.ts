import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Aim } from '../../../shared/aims.ts'
import { calendarOf } from '../../../shared/calendar/calendar-of.ts'
import { type Span, workClock } from '../../../shared/calendar/work-clock.ts'
import { SiteKey } from '../../../shared/ids.ts'
import { aimingOf, isBroken, type Keeper } from '../../../shared/metrics/aiming.ts'
import {
  agentOf,
  businessClock,
  type ClockName,
  type Clocks,
  clockNames,
  lengthOn,
  type Ruler,
  type Stretch,
  staffedClock,
  wallClock,
} from '../../../shared/metrics/clocks.ts'
import { definitions, lengthDefinitions, shareDefinitions } from '../../../shared/metrics/definitions.ts'
import { foldLedger } from '../../../shared/metrics/fold.ts'
import type { Episode, Ledger, Turn } from '../../../shared/metrics/ledger.ts'
import {
  agentResponses,
  type EpisodeLength,
  handleOf,
  type Measured,
  measuredOf,
  responseOf,
  rulerOfEpisode,
  rulerOfTurn,
} from '../../../shared/metrics/lengths.ts'
import { wasAbandoned, wasMissed, wasPromiseKept } from '../../../shared/metrics/outcomes.ts'
import { type Cuts, labelsOf, onClocks, segmentsOf, sumOnClocks } from '../../../shared/metrics/segments.ts'
import type { Site } from '../../../shared/workspace.ts'
import { conversationId, sara, siteId } from '../story.ts'
import { calendars, examples, people, type Row, span, type Worked } from './worked.ts'

const whole: Span[] = [{ from: 0, to: Number.MAX_SAFE_INTEGER }]
const nameOf = (id: string | null): string => (id === sara.id ? 'Sara' : 'Omid')

const blankSite: Site = {
  ...{
    id: siteId,
    key: v.parse(SiteKey, 'demo'),
    createdAt: 0,
    name: 'Shop',
    origins: ['https://shop.example'],
  },
  ...{ locale: 'en', accent: '#0f766e', side: 'end', greeting: {}, replyTime: {} },
}

/** The house as an example has it. */
function houseOf({ hours, teams, online, targets }: Worked) {
  const named = Object.entries(calendars).map(([name, calendar]) => ({ id: name, name, ...calendar }))
  const house = {
    calendars: named,
    teams: [...teams].map(([name, calendar]) => {
      const agents = [name === 'Sara' ? people.Sara.id : people.Omid.id]
      return { id: name, name, agents, calendar }
    }),
    sites: [],
  }
  const site = { ...house, calendars: named.filter(({ id }) => id === hours) }
  const businessOf = (agent: string | null) => (agent && teams.has(nameOf(agent)) ? house : site)
  const spans = online.length === 0 ? whole : online.map((one) => one.span).sort((a, b) => a.from - b.from)
  const clocks: Clocks = {
    wall: wallClock,
    business: (whose, from, to) =>
      businessClock({ ...businessOf(agentOf(whose.owner)), sites: [] })(whose, from, to),
    staffed: staffedClock(() => spans),
  }
  const cuts: Cuts = {
    open: ({ owner }, from, to) => {
      const agentId = agentOf(owner)
      return workClock(calendarOf(businessOf(agentId), { siteId, agentId })).spans(from, to)
    },
    online: (agentId, from, to) =>
      online.length === 0
        ? [{ from, to }]
        : online.filter(({ name }) => name === nameOf(agentId)).map((one) => one.span),
  }
  const own: Site = { ...blankSite, calendar: hours }
  return { clocks, cuts, aiming: aimingOf({ ...house, sites: [own], targets }) }
}

/** What the code says to each line of a page: by episode and measure, on a clock. */
class Answer {
  readonly #ledger: Ledger
  readonly #house: ReturnType<typeof houseOf>

  constructor(readonly example: Worked) {
    this.#ledger = foldLedger({ id: conversationId, siteId }, example.entries)
    this.#house = houseOf(example)
  }

  lines(name: ClockName): Map<string, string> {
    const said = new Map<string, string>()
    const clock = this.#house.clocks[name]
    const say = (key: string, value: string | null) => value !== null && said.set(key, value)
    const { now } = this.example
    const responses = this.#ledger.turns.map((turn) =>
      length(responseOf(turn, now), rulerOfTurn(clock, turn)),
    )
    say('1 response', responses.filter((one) => one !== null).join('; ') || null)
    for (const episode of this.#ledger.episodes) {
      const ruler = rulerOfEpisode(clock, episode)
      const at = (measure: string) => `${episode.episode} ${measure}`
      for (const id of lengths) say(at(id), length(measuredOf(id, episode, now), ruler))
      for (const one of agentResponses(episode, now))
        say(at(`firstResponse.agent ${nameOf(one.agentId)}`), length(one, ruler))
      const handled = handleOf(episode, clock)
      say(at('handle'), handled === null ? null : `${handled}`)
      for (const [id, outcome] of Object.entries(this.#outcomes(episode)))
        say(at(id), outcome === null ? null : outcome ? 'yes' : 'no')
    }
    return said
  }

  /** `missed` is the same by every clock: targets are in business time. */
  #outcomes(episode: Episode): Record<string, boolean | null> {
    const { now, targets } = this.example
    const { aiming } = this.#house
    const { siteId: site, firstReplier, owned, priority, firstPriority } = episode
    const last = agentOf(owned.at(-1)?.owner ?? { kind: 'queue' })
    const isLate = (aim: Aim, keeper: Keeper, wait: (Stretch & { open?: boolean }) | null) => {
      const broken = wait && isBroken(keeper, aim, wait)
      return wait?.open && !broken ? null : broken
    }
    const first = aiming.keeper(site, firstReplier ?? last, firstPriority)
    const customer = measuredOf('firstResponse.customer', episode, now)
    const turns = this.#ledger.turns.filter((turn) => turn.episode === episode.episode && !turn.first)
    const responses = turns.map((turn) => {
      const agentId = turn.end.by === 'reply' ? turn.end.agentId : last
      return isLate('response', aiming.keeper(site, agentId, turn.priority), responseOf(turn, now))
    })
    const resolution = measuredOf('resolution.episode', episode, now)
    const late = {
      'late.firstResponse': isLate('firstResponse', first, customer),
      'late.response': responses.length === 0 ? null : responses.includes(true),
      'late.resolution': isLate('resolution', aiming.keeper(site, last, priority), resolution),
    }
    return {
      abandoned: wasAbandoned(episode, now),
      missed: wasMissed(episode, first, now),
      promiseKept: wasPromiseKept(episode, now),
      ...(targets.length > 0 ? late : {}),
    }
  }

  segments(name: ClockName): string {
    const [turn] = this.#ledger.turns
    const { clocks, cuts } = this.#house
    return turn
      ? segmentsOf(turn, cuts, this.example.now)
          .map((one) => segment(one, name, clocks))
          .join(' + ')
      : ''
  }

  turns(): { turn: Turn; sum: Record<ClockName, number>; measured: Record<ClockName, number> }[] {
    const { clocks, cuts } = this.#house
    return this.#ledger.turns.map((turn) => {
      const segments = segmentsOf(turn, cuts, this.example.now)
      const parts = segments.map((one) => onClocks(clocks, { siteId, owner: one.owner }, one))
      const last = segments.at(-1)?.to ?? turn.openedAt
      const on = (name: ClockName) => lengthOn(clocks[name], turn, { from: turn.openedAt, to: last })
      return {
        ...{ turn, sum: sumOnClocks(parts) },
        measured: { wall: on('wall'), business: on('business'), staffed: on('staffed') },
      }
    })
  }
}

const lengths: EpisodeLength[] = [
  ...(['firstResponse.customer', 'firstResponse.human', 'wait'] as const),
  ...(['resolution.first', 'resolution.last', 'resolution.episode'] as const),
]

const length = (measured: Measured | null, ruler: Ruler): string | null =>
  measured && `${measured.censored ? '≥ ' : ''}${ruler(measured)}`

function segment(one: ReturnType<typeof segmentsOf>[number], name: ClockName, clocks: Clocks): string {
  const [who = '', ...rest] = labelsOf(one)
  const [how, agent] = who.split(':')
  const label = [agent === undefined ? how : `${how}:${nameOf(agent)}`, ...rest].join(' ')
  return `${label} ${onClocks(clocks, { siteId, owner: one.owner }, one)[name]}`
}

const inMs = (text: string): string => text.replace(/(\d+ (d|h|min|s) ?)+/g, (words) => `${span(words)}`)
/** As the page has it, in ms; what is not decided is nothing said. */
const written = (rows: Row[], name: ClockName): Map<string, string> =>
  new Map(
    rows
      .filter((row) => row.measure !== 'segments' && row[name] !== 'undecided')
      .map((row) => [`${row.episode} ${row.measure}`, row[name].split('; ').map(inMs).join('; ')]),
  )

const sorted = (lines: Map<string, string>): string[] => [...lines].map((line) => line.join(': ')).sort()

describe('the worked examples', () => {
  it('M37 are at least 25', () => expect(examples.length).toBeGreaterThanOrEqual(25))

  describe.each(examples)('$title', (example) => {
    it.each(clockNames)('M37 come to what the page says by the %s clock', (name) => {
      expect(sorted(new Answer(example).lines(name))).toEqual(sorted(written(example.rows, name)))
    })

    it.each(clockNames)('M35 have the segments that the page says by the %s clock', (name) => {
      const row = example.rows.find(({ measure }) => measure === 'segments')
      if (row) expect(new Answer(example).segments(name)).toBe(row[name].split(' + ').map(inMs).join(' + '))
    })

    it('M34 have segments that add up to their turn on every clock', () => {
      for (const { sum, measured } of new Answer(example).turns()) expect(sum).toEqual(measured)
    })
  })

  it('M36 leave no measure without an example', () => {
    const shown = new Set(examples.flatMap(({ rows }) => rows.map(({ measure }) => measure.split(' ')[0])))
    const lacking = Object.keys({ ...lengthDefinitions, ...shareDefinitions }).filter((id) => !shown.has(id))
    expect(lacking).toEqual([])
    for (const [id, definition] of Object.entries(definitions)) expect(definition.id).toBe(id)
  })
})
