import type { VisitorId } from '../../../shared/ids.ts'
import type { VisitHistory } from '../../history/history.ts'
import type { Log } from '../ports.ts'
import type { Exposures } from '../proactive/exposures.ts'
import type { Visit } from './visit.ts'
import type { VisitRecorder } from './visit-recorder.ts'
import { withoutProfile } from './visit-told.ts'

interface WithdrawalNeeds {
  visits: Pick<VisitHistory, 'withdraw' | 'takeBack'>
  exposures: Exposures
  recorder: Pick<VisitRecorder, 'forget' | 'flush'>
  log: Log
}

/** Deletes what was stored of somebody by a consent that there is no more; tried again at their next visit. */
export async function withdrawConsent(
  needs: WithdrawalNeeds,
  visit: Visit,
  visitorId: VisitorId,
): Promise<void> {
  const { visits, log } = needs
  visit.kept = false
  withoutProfile(visit)
  try {
    await settle(needs, visit, visitorId)
    await visits.withdraw(visitorId)
  } catch (error) {
    visit.kept = true
    log.warn('consent:withdrawing', { error: String(error) })
  }
}

/** Deletes what was stored of a visit before it was known to be of the site's own people; tried again at its next page. */
export async function takeBackVisit(
  needs: WithdrawalNeeds,
  visit: Visit,
  visitorId: VisitorId,
): Promise<void> {
  const { recorded } = visit
  visit.recorded = null
  try {
    await settle(needs, visit, visitorId)
    await needs.visits.takeBack(visitorId, visit.id)
  } catch (error) {
    visit.recorded = recorded
    needs.log.warn('visits:takingBack', { error: String(error) })
  }
}

/** What waits is never stored, and what is on its way to the store arrives before it is deleted there. */
async function settle(
  { recorder, exposures }: WithdrawalNeeds,
  visit: Visit,
  visitorId: VisitorId,
): Promise<void> {
  recorder.forget(visitorId)
  exposures.forget(visitorId, visit)
  await recorder.flush()
  await exposures.flush()
  // What the store did not take is waiting again.
  recorder.forget(visitorId)
  exposures.forget(visitorId, visit)
}
