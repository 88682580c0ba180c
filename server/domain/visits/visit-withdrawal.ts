import type { VisitId, VisitorId } from '../../../shared/ids.ts'
import type { VisitHistory } from '../../history/history.ts'
import type { Clock, Log } from '../ports.ts'
import type { Exposures } from '../proactive/exposures.ts'
import type { Visit } from './visit.ts'
import type { VisitRecorder } from './visit-recorder.ts'
import { withoutProfile } from './visit-told.ts'

interface WithdrawalNeeds {
  visits: Pick<VisitHistory, 'withdraw' | 'takeBack'>
  exposures: Exposures
  recorder: Pick<VisitRecorder, 'forget' | 'flush'>
  clock: Clock
  log: Log
}

/** What is deleted of a visit, one after the other, and what its pages tell meanwhile. */
interface Deletion {
  visit: Visit
  running: Promise<void>
  /** Told since by somebody who counts again: stored once the rest is gone. */
  held: (() => void)[]
  /** What the store did not let go of, and is asked again. */
  owed: (() => Promise<boolean>) | null
  tries: number
  cancel: () => void
}

const firstAgainAfter = 5_000
const longestPause = 10 * 60_000
const pauseAfter = (tries: number): number => Math.min(longestPause, firstAgainAfter * 2 ** tries)
/** Some hours of an outage. */
const mostTries = 30
const mostOwed = 1_000
const mostHeld = 1_000

/** Deletes what was stored of a visit and is not to be any more, beside whatever else goes on. */
export class VisitWithdrawals {
  private readonly open = new Map<VisitId, Deletion>()
  private isClosing = false

  constructor(private readonly needs: WithdrawalNeeds) {}

  /** At once, or after what is being deleted, which it is no part of. */
  store(visit: Visit, tell: () => void): void {
    const held = this.open.get(visit.id)?.held
    if (!held) tell()
    else if (held.length < mostHeld) held.push(tell)
  }

  /** What was stored of somebody by a consent that there is no more; tried again at their next visit. */
  withdrawConsent(visit: Visit, visitorId: VisitorId): void {
    const { visits, log } = this.needs
    visit.kept = false
    withoutProfile(visit)
    this.inTurn(visit, async () => {
      try {
        await this.settle(visit, visitorId)
        await visits.withdraw(visitorId)
      } catch (error) {
        visit.kept = true
        log.warn('consent:withdrawing', { error: String(error) })
      }
    })
  }

  /** What was stored of a visit before it was known to be of the site's own people; tried again for hours. */
  takeBack(visit: Visit, visitorId: VisitorId): void {
    const { recorded } = visit
    visit.recorded = null
    const attempt = this.letGo({ visit, visitorId, recorded })
    this.inTurn(visit, async (one) => {
      one.tries = 0
      one.owed = (await attempt()) ? null : attempt
    })
  }

  /** Waits for what is under way, and asks once more for what the store has not let go of. */
  async close(): Promise<void> {
    this.isClosing = true
    for (const one of this.open.values()) if (one.owed) this.again(one)
    while (this.open.size > 0) await Promise.all([...this.open.values()].map(({ running }) => running))
  }

  private inTurn(visit: Visit, work: (one: Deletion) => Promise<void>): void {
    const one = this.open.get(visit.id) ?? begun(visit)
    this.open.set(visit.id, one)
    one.cancel()
    // What is held is of before this, too.
    one.held = []
    this.run(one, () => work(one))
  }

  private run(one: Deletion, work: () => Promise<void>): void {
    const running = one.running.then(work).then(() => {
      if (one.running === running) this.goOn(one)
    })
    one.running = running
  }

  private goOn(one: Deletion): void {
    const isHopeless = one.tries >= mostTries || this.open.size > mostOwed
    if (one.owed && isHopeless) this.needs.log.error('visits:notTakenBack', { visit: one.visit.id })
    if (!one.owed || isHopeless || this.isClosing) this.end(one)
    else one.cancel = this.needs.clock.after(pauseAfter(one.tries), () => this.again(one))
  }

  private again(one: Deletion): void {
    one.cancel()
    one.tries++
    this.run(one, async () => {
      if (await one.owed?.()) one.owed = null
    })
  }

  private end(one: Deletion): void {
    this.open.delete(one.visit.id)
    for (const tell of one.held) tell()
  }

  /** One attempt after the other; answers whether the store has let go of it. */
  private letGo({ visit, visitorId, recorded }: Pick<Visit, 'recorded'> & Whose): () => Promise<boolean> {
    let isSettled = false
    return async () => {
      try {
        // Later attempts are of the store alone: what its visitor tells by then is of another visit.
        if (!isSettled) await this.settle(visit, visitorId)
        isSettled = true
        await this.needs.visits.takeBack(visitorId, visit.id)
        if (visit.leftOut) visit.recorded = null
        return true
      } catch (error) {
        visit.recorded ??= recorded
        this.needs.log.warn('visits:takingBack', { error: String(error) })
        return false
      }
    }
  }

  /** What waits is never stored, and what is on its way to the store arrives before it is deleted there. */
  private async settle(visit: Visit, visitorId: VisitorId): Promise<void> {
    const { recorder, exposures } = this.needs
    recorder.forget(visitorId)
    exposures.forget(visitorId, visit)
    await recorder.flush()
    await exposures.flush()
    // What the store did not take is waiting again; what is told since is held elsewhere.
    recorder.forget(visitorId)
    exposures.forget(visitorId, visit)
  }
}

interface Whose {
  visit: Visit
  visitorId: VisitorId
}

const begun = (visit: Visit): Deletion => ({
  visit,
  running: Promise.resolve(),
  held: [],
  owed: null,
  tries: 0,
  cancel: () => undefined,
})
