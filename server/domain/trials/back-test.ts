import type { SiteId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { explain } from '../../../shared/triggers/evaluate.ts'
import type {
  Assumption,
  BackTest,
  Load,
  PastStep,
  PastSteps,
  SampleVisit,
} from '../../../shared/triggers/past/back-test.ts'
import type { Assumed } from '../../../shared/triggers/past/past-facts.ts'
import type { Past } from '../../../shared/triggers/past/recorded.ts'
import {
  type Replaying,
  replay,
  replaying,
  type Settings,
  type Step,
} from '../../../shared/triggers/past/replay.ts'
import { Tally } from '../../../shared/triggers/past/tally.ts'
import type { ExposureHistory } from '../../history/exposures.ts'
import type { Page } from '../../history/history.ts'
import type { PastHistory, PastPeriod } from '../../history/past.ts'
import type { Rules } from '../domain.ts'
import type { Clock } from '../ports.ts'
import { type Pace, Slices } from '../slices.ts'
import { listVisits, placeIn, viewsAtOnce } from './back-test-visits.ts'
import {
  assumedIn,
  inPieces,
  mostViews,
  periodOf,
  type Replay,
  replayOne,
  type Viewer,
  viewersOf,
} from './past-replay.ts'
import { asRule, type BackTestAsked, type StepsAsked, type VisitsAsked } from './trial.ts'

export interface BackTestNeeds {
  history: { past: PastHistory; exposures: Pick<ExposureHistory, 'tallies'> }
  rules: Pick<Rules, 'list'>
  /** What rules of the site may call by a name. */
  settingsOf(siteId: SiteId): Settings
  clock: Pick<Clock, 'now'>
  pace: Pace
  /** Views gone through for one part of a list; left out: as many as take a few seconds. */
  viewsAtOnce?: number
}

const stepsShown = 300
/** How far back it is looked at how many answered, ms; fewer than so many tell nothing. */
const repliesOf = 90 * day
const repliesEnough = 20

/** Goes through the past with a rule: one at a time, since each keeps a core busy for seconds. */
export class BackTests {
  private isBusy = false

  constructor(private readonly needs: BackTestNeeds) {}

  run(asked: BackTestAsked, signal: AbortSignal): Promise<Result<BackTest>> {
    return this.alone(() => this.goThrough(asked, signal))
  }

  visits(asked: VisitsAsked, signal: AbortSignal): Promise<Result<Page<SampleVisit>>> {
    return this.alone(() => this.list(asked, signal))
  }

  async steps(asked: StepsAsked): Promise<Result<PastSteps>> {
    const { visitId, visitorId } = asked
    const period = periodOf(asked, this.needs.clock.now())
    // Asked first, it has what was said until now in the tables.
    await this.needs.history.past.begins(period, mostViews)
    const [past] = await this.needs.history.past.of(period, [visitorId])
    const visit = past?.visits.find((one) => one.visitId === visitId)
    if (!past || !visit) return failure('not_found', 'Nothing is recorded of this visit any more.')
    const given = this.prepare(asked, true)
    const steps: PastStep[] = []
    const slices = new Slices(this.needs.pace)
    for (const step of replay(past, given)) {
      if (step.visit.visitId === visitId && steps.length <= stepsShown) steps.push(shown(step, given))
      await slices.breath()
    }
    return success({
      ...{ visitId, visitorId, name: past.person?.name ?? null, startedAt: visit.startedAt },
      ...{ steps: steps.slice(0, stepsShown), isCut: steps.length > stepsShown },
    })
  }

  private async alone<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
    if (this.isBusy)
      return failure('rate_limited', 'Another rule is being tried on the past. Wait a moment.', {
        retryAfterMs: 2_000,
      })
    this.isBusy = true
    try {
      return await work()
    } finally {
      this.isBusy = false
    }
  }

  private async list(asked: VisitsAsked, signal: AbortSignal): Promise<Result<Page<SampleVisit>>> {
    const { cursor, outcome = 'reached', limit } = asked
    const place = cursor === undefined ? null : placeIn(cursor)
    if (cursor !== undefined && !place)
      return failure('invalid', 'The cursor is not one of this list.', { path: 'cursor' })
    const { past: history } = this.needs.history
    const { clock, pace, viewsAtOnce: most = viewsAtOnce } = this.needs
    const wanted = periodOf({ ...asked, ...(place && { from: place.from, to: place.to }) }, clock.now())
    const period = { ...wanted, from: await history.begins(wanted, mostViews) }
    const given = this.prepare(asked, false)
    const page = await listVisits({ history, pace, given, period, outcome, place, limit, most, signal })
    return page ? success(page) : nobodyWaits()
  }

  private prepare(asked: BackTestAsked, thorough: boolean): Replaying {
    const { siteId } = asked.rule
    const settings = this.needs.settingsOf(siteId)
    const options = { assumed: assumedIn(asked), settings, thorough }
    return replaying(this.needs.rules.list(siteId), asRule(asked), options)
  }

  private async goThrough(asked: BackTestAsked, signal: AbortSignal): Promise<Result<BackTest>> {
    const { timeZone = 'UTC' } = asked
    const wanted = periodOf(asked, this.needs.clock.now())
    const from = await this.needs.history.past.begins(wanted, mostViews)
    const period = { ...wanted, from }
    const given = this.prepare(asked, false)
    const { people, leftOut } = await viewersOf(this.needs.history.past, period, signal)
    const tally = new Tally(given, timeZone)
    if (!(await this.replayAll(period, inPieces(people), { given, tally, signal }))) return nobodyWaits()
    const assumed = assumedIn(asked)
    const replayed = tally.result()
    return success({
      ...replayed,
      ...{ from, to: period.to, isCut: from > wanted.from, timeZone, filters: { site: period.siteId } },
      ...{ assumed, assumes: assumptionsOf(given, assumed), leftOut },
      load: loadOf(replayed.reached.visits, tally.busiest(), {
        ...period,
        replied: await this.repliesBefore(asked, period.to),
      }),
    })
  }

  /** Of this rule where it spoke enough, else of all of the site. */
  private async repliesBefore({ rule, ruleId }: BackTestAsked, to: number): Promise<Load['replied']> {
    const asked = { from: to - repliesOf, to, siteId: rule.siteId }
    const all = (await this.needs.history.exposures.tallies(asked, to)).filter(({ heldOut }) => !heldOut)
    const own = repliedIn(all.filter((one) => one.ruleId === ruleId))
    const best = own.shown >= repliesEnough ? own : repliedIn(all)
    return best.shown >= repliesEnough ? best : null
  }

  /** The next piece is read while this one is gone through. False when nobody waits for it any more. */
  private async replayAll(
    period: PastPeriod,
    pieces: readonly Viewer[][],
    { given, tally, signal }: Omit<Replay, 'slices'>,
  ): Promise<boolean> {
    const read = (index: number): Promise<Past[]> => {
      const ids = pieces[index]?.map(({ id }) => id)
      return ids ? this.needs.history.past.of(period, ids) : Promise.resolve([])
    }
    const slices = new Slices(this.needs.pace)
    let coming = read(0)
    for (let index = 0; index < pieces.length; index++) {
      const piece = await coming
      if (signal.aborted) return false
      coming = read(index + 1)
      // Whoever waits for it hears of it; this keeps a process from ending for it before.
      coming.catch(() => undefined)
      for (const past of piece) if (!(await replayOne(past, { given, tally, signal, slices }))) return false
    }
    return !signal.aborted
  }
}

const nobodyWaits = () => failure('conflict', 'Nobody waits for this any more.')

function assumptionsOf({ tried }: Replaying, assumed: Assumed): Assumption[] {
  const needs = (...names: Parameters<typeof tried.needs.has>[0][]) =>
    names.some((name) => tried.needs.has(name))
  const somebody = (tried.rule.limits?.needsSomebody ?? true) || needs('somebodyCanAnswer')
  const told = assumed.somebodyCanAnswer
  return [
    ...(['consentOnly', 'nobodyReplies', 'freshStart'] as const),
    ...(needs('secondsOnPage', 'secondsOnSite', 'cart', 'scroll') ? ['lastPage' as const] : []),
    ...(needs('attributes', 'tags', 'visits') ? ['knownToday' as const] : []),
    ...(somebody && told !== undefined ? [told ? ('somebodyThere' as const) : ('nobodyThere' as const)] : []),
    ...(needs('agentsOnline') && assumed.agentsOnline !== undefined ? ['agentsThere' as const] : []),
    ...(needs('queue') && assumed.queue !== undefined ? ['queueThen' as const] : []),
  ]
}

const repliedIn = (tallies: readonly { n: number; replied: number }[]) => ({
  shown: tallies.reduce((sum, { n }) => sum + n, 0),
  replied: tallies.reduce((sum, { replied }) => sum + replied, 0),
})

function loadOf(
  messages: number,
  busiest: Load['busiest'],
  { from, to, replied }: PastPeriod & Pick<Load, 'replied'>,
): Load {
  const perDay = messages / Math.max(1, (to - from) / day)
  const share = replied && replied.replied / replied.shown
  return {
    ...{ perDay, busiest, replied },
    chatsPerDay: share === null ? null : perDay * share,
    chatsAtBusiest: share === null ? null : (busiest?.messages ?? 0) * share,
  }
}

const shown = (step: Step, { tried }: Replaying): PastStep => ({
  ...{ at: step.at, cause: step.cause, url: step.view.url, title: step.view.title, because: step.because },
  speaks: step.winner ? { ruleId: step.winner.id, name: step.winner.name } : null,
  findings: explain(tried.rule, step.facts).findings,
})
