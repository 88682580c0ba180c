import type { VisitorId } from '../../../shared/ids.ts'
import type { VisitHistory } from '../../history/history.ts'
import type { Log } from '../ports.ts'
import type { Exposures } from '../proactive/exposures.ts'
import type { Visit } from './visit.ts'
import type { VisitRecorder } from './visit-recorder.ts'
import { withoutProfile } from './visit-told.ts'

interface WithdrawalNeeds {
  visits: Pick<VisitHistory, 'withdraw'>
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
  const { visits, exposures, recorder, log } = needs
  visit.kept = false
  withoutProfile(visit)
  recorder.forget(visitorId)
  exposures.forget(visitorId, visit)
  try {
    // What is on its way to the store arrives before it is deleted there.
    await recorder.flush()
    await exposures.flush()
    // What the store did not take is waiting again.
    recorder.forget(visitorId)
    exposures.forget(visitorId, visit)
    await visits.withdraw(visitorId)
  } catch (error) {
    visit.kept = true
    log.warn('consent:withdrawing', { error: String(error) })
  }
}
