import { isBroken, type Keeper } from './aiming.ts'
import { Breaches, type TeamBreaches } from './breaches.ts'
import type { Ruler, Stretch } from './clocks.ts'
import { Column, type Figures } from './column.ts'
import type { LengthId, ShareId } from './definitions.ts'
import type { Respect } from './groups.ts'
import { closerOf, firstKeeperOf, keeperOf } from './keepers.ts'
import { Keys } from './keys.ts'
import type { Episode, Turn } from './ledger.ts'
import {
  agentResponses,
  handleOf,
  type Measured,
  measuredOf,
  responseOf,
  rulerOfEpisode,
  rulerOfTurn,
} from './lengths.ts'
import { Moments } from './moments.ts'
import { wasAbandoned, wasMissed, wasPromiseKept } from './outcomes.ts'
import { type About, hoursOfWeek, localTime, type Question, weekHour, within } from './question.ts'
import { type Share, shareOf } from './statistics.ts'
import { type Summing, stillAsked } from './summing.ts'

export interface GroupFigures extends Pick<Figures, 'n' | 'p50' | 'p90' | 'withinTarget'> {
  /** Null for those of whom it is not known. */
  key: string | null
}

/** How long people waited; ms on the clock that was asked for. */
export interface ResponseTimes {
  measures: Record<LengthId, Figures>
  shares: Record<ShareId, Share>
  unit: 'ms'
  /** Turns by length; `upTo` null for those longer than all bounds. */
  distribution: { upTo: number | null; n: number }[]
  /** First responses by the day the visitor wrote, without holes. */
  series: ({ day: string } & Pick<Figures, 'n' | 'p50' | 'p90'>)[]
  /** The same by the hour of the week, from Monday 00:00. */
  week: ({ weekday: number; hour: number } & Pick<Figures, 'n' | 'p50'>)[]
  /** First responses, those with most first; by agent each agent’s own. */
  by: Record<Respect, GroupFigures[]>
  /** What was aimed at and not kept, by who was to keep it. */
  breaches: TeamBreaches[]
}

/** Takes the facts of a period one after the other; what does not count in it is passed over. */
export interface ResponseTimesBuilder extends Summing<ResponseTimesBuilder> {
  answer(): ResponseTimes
}

const minute = 60_000
/** The field publishes its figures by these. */
export const waitBounds = [minute, 5 * minute, 60 * minute, 24 * 60 * minute]
const groupsShown = 50

export const responseTimes = (question: Question): ResponseTimesBuilder => new Columns(question)

/** Of the groups of a first response, in this order. */
const firstNames = ['team', 'site', 'page', 'language', 'proactive'] as const
const waits = ['firstResponse.human', 'wait'] as const
const resolutions = ['resolution.first', 'resolution.last', 'resolution.episode'] as const

class Columns implements ResponseTimesBuilder {
  readonly #all: Record<LengthId, Column> = {
    'firstResponse.customer': new Column(5),
    'firstResponse.human': new Column(),
    'firstResponse.agent': new Column(1),
    response: new Column(),
    wait: new Column(),
    handle: new Column(),
    'resolution.first': new Column(),
    'resolution.last': new Column(),
    'resolution.episode': new Column(),
  }
  readonly #shares: Record<ShareId, { n: number; of: number }> = {
    ...{ abandoned: { n: 0, of: 0 }, missed: { n: 0, of: 0 }, promiseKept: { n: 0, of: 0 } },
  }
  readonly #breaches = new Breaches()
  /** When each of those wrote who waited for a first response. */
  readonly #wroteAt = new Moments()
  readonly keys: Record<Respect, Keys> = {
    ...{ team: new Keys(), agent: new Keys(), site: new Keys() },
    ...{ page: new Keys(), language: new Keys(), proactive: new Keys() },
  }
  #within: Stretch
  #asked: Question | null

  constructor(question: Question) {
    this.#within = question
    this.#asked = question
  }

  get question(): Question {
    return stillAsked(this.#asked)
  }

  get bytes(): number {
    const held = [...Object.values(this.#all), ...Object.values(this.keys)]
    return held.reduce((sum, { bytes }) => sum + bytes, this.#wroteAt.bytes)
  }

  look(span: Stretch): void {
    this.#within = span
  }

  add(other: ResponseTimesBuilder): void {
    if (!(other instanceof Columns)) return
    const firsts = firstNames.map((respect) => this.keys[respect].numbersOf(other.keys[respect]))
    const groups: Partial<Record<LengthId, number[][]>> = {
      'firstResponse.customer': firsts,
      'firstResponse.agent': [this.keys.agent.numbersOf(other.keys.agent)],
    }
    for (const [id, column] of entriesOf(this.#all)) column.append(other.#all[id], groups[id])
    for (const [id, share] of entriesOf(this.#shares)) {
      share.n += other.#shares[id].n
      share.of += other.#shares[id].of
    }
    this.#wroteAt.append(other.#wroteAt)
    this.#breaches.add(other.#breaches)
  }

  trim(): void {
    for (const column of Object.values(this.#all)) column.trim()
    this.#wroteAt.trim()
    this.#asked = null
  }

  turn(turn: Turn): void {
    if (!within(this.#within, turn.openedAt)) return
    const { clock, now } = this.question
    const measured = responseOf(turn, now)
    if (!measured) return
    const aim = turn.first ? 'firstResponse' : 'response'
    const keeper = keeperOf(turn, this.question.aiming)
    const broken = isBroken(keeper, aim, measured)
    this.#take('response', measured, rulerOfTurn(clock, turn), broken)
    // The first is counted with its episode, whose visitor may have gone and been answered later.
    if (!turn.first) this.#breaches.count(aim, keeper.team, { broken, open: measured.open })
  }

  episode(episode: Episode, about: About): void {
    const { clock } = this.question
    const ruler = rulerOfEpisode(clock, episode)
    if (within(this.#within, episode.firstMessageAt)) this.#waits(episode, about, ruler)
    if (!within(this.#within, episode.closedAt)) return
    for (const id of resolutions) this.#resolve(id, episode, ruler)
    const ms = handleOf(episode, clock)
    if (ms !== null) this.#all.handle.add({ ms, censored: false, open: false })
  }

  answer(): ResponseTimes {
    const bounds = [...waitBounds, null]
    const counts = this.#all.response.distribution(waitBounds)
    const time = localTime(this.question)
    const days = this.#firstAt((at) => time.at(at).day, time.days)
    const hours = this.#firstAt((at) => time.at(at).hourOfWeek, hoursOfWeek)
    return {
      measures: mapped(this.#all, (column) => column.figures()),
      shares: mapped(this.#shares, ({ n, of }) => shareOf(n, of)),
      unit: 'ms',
      distribution: bounds.map((upTo, i) => ({ upTo, n: counts[i] ?? 0 })),
      series: days.map(({ n, p50, p90 }, i) => ({ day: time.nameOf(i), n, p50, p90 })),
      week: hours.map(({ n, p50 }, i) => ({ ...weekHour(i), n, p50 })),
      by: mapped(this.keys, (keys, respect) => ranked(keys, this.#groups(respect, keys.count))),
      breaches: this.#breaches.rows(),
    }
  }

  #waits(episode: Episode, about: About, ruler: Ruler): void {
    const { now, aiming } = this.question
    const { siteId, firstReplier, firstPriority } = episode
    const keeper = firstKeeperOf(episode, aiming)
    for (const id of waits) {
      const measured = measuredOf(id, episode, now)
      if (measured) this.#take(id, measured, ruler, isBroken(keeper, 'firstResponse', measured))
    }
    const first = measuredOf('firstResponse.customer', episode, now)
    if (first) this.#first(first, { episode, about, keeper, ruler })
    for (const one of agentResponses(episode, now)) {
      const { agentId, censored, open } = one
      const own = agentId === firstReplier ? keeper : aiming.keeper(siteId, agentId, firstPriority)
      const value = { ms: ruler(one), censored, open, broken: isBroken(own, 'firstResponse', one) }
      this.#all['firstResponse.agent'].add(value, [this.keys.agent.of(agentId)])
    }
    this.#count('abandoned', wasAbandoned(episode, now))
    this.#count('missed', wasMissed(episode, keeper, now))
    this.#count('promiseKept', wasPromiseKept(episode, now))
  }

  #first(wait: Measured, { episode, about, keeper, ruler }: First): void {
    const { censored, open } = wait
    const broken = isBroken(keeper, 'firstResponse', wait)
    const value = { ms: ruler(wait), censored, open, broken }
    this.#wroteAt.add(episode.firstMessageAt ?? episode.startedAt)
    this.#all['firstResponse.customer'].add(value, this.#groupsOf(episode, keeper.team, about))
    this.#breaches.count('firstResponse', keeper.team, value)
  }

  #resolve(id: (typeof resolutions)[number], episode: Episode, ruler: Ruler): void {
    const { now, aiming } = this.question
    const measured = measuredOf(id, episode, now)
    if (!measured) return
    if (id !== 'resolution.episode' || !aiming.resolutions) {
      this.#take(id, measured, ruler, null)
      return
    }
    const keeper = closerOf(episode, aiming)
    const broken = isBroken(keeper, 'resolution', measured)
    this.#take(id, measured, ruler, broken)
    this.#breaches.count('resolution', keeper.team, { broken, open: false })
  }

  #groupsOf(episode: Episode, team: string | null, { page, language, proactive }: About): number[] {
    const invited = proactive === null ? null : proactive ? 'yes' : 'no'
    const names = { team, site: episode.siteId, page, language, proactive: invited }
    return firstNames.map((respect) => this.keys[respect].of(names[respect]))
  }

  #take(id: LengthId, measured: Measured, ruler: Ruler, broken: boolean | null): void {
    const { censored, open } = measured
    this.#all[id].add({ ms: ruler(measured), censored, open, broken })
  }

  #count(id: ShareId, outcome: boolean | null): void {
    if (outcome === null) return
    this.#shares[id].of++
    if (outcome) this.#shares[id].n++
  }

  #groups(respect: Respect, count: number): Figures[] {
    if (respect !== 'agent') return this.#firstBy(respect, count)
    return this.#all['firstResponse.agent'].figuresBy(0, count)
  }

  #firstAt(groupOf: (at: number) => number, groups: number): Figures[] {
    return this.#all['firstResponse.customer'].figuresOf(this.#wroteAt.map(groupOf), groups)
  }

  #firstBy(respect: (typeof firstNames)[number], count: number): Figures[] {
    return this.#all['firstResponse.customer'].figuresBy(firstNames.indexOf(respect), count)
  }
}

interface First {
  episode: Episode
  about: About
  keeper: Keeper
  ruler: Ruler
}

const entriesOf = <K extends string, V>(record: Record<K, V>): [K, V][] => {
  const entries: [K, V][] = []
  for (const key in record) entries.push([key, record[key]])
  return entries
}

const mapped = <K extends string, A, B>(record: Record<K, A>, make: (one: A, key: K) => B): Record<K, B> => {
  const made: Partial<Record<K, B>> = {}
  for (const key in record) made[key] = make(record[key], key)
  return made as Record<K, B>
}

const ranked = ({ names }: Keys, figures: readonly Figures[]): GroupFigures[] =>
  figures
    .map(({ n, p50, p90, withinTarget }, i) => ({ key: names[i] ?? null, n, p50, p90, withinTarget }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n || (a.key ?? '').localeCompare(b.key ?? ''))
    .slice(0, groupsShown)
