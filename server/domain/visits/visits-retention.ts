import type { SiteId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import type { Workspace as Document } from '../../../shared/workspace.ts'
import type { ExposureHistory } from '../../history/exposures.ts'
import type { VisitHistory, VisitorHistory } from '../../history/history.ts'
import type { Clock, Log } from '../ports.ts'

/** For how long page views and events are kept where a site does not say otherwise. */
export const usualRetentionDays = 90

const every = 60 * 60_000
/** Few enough that a message waits for one of them no longer than for another message. */
const rowsAtOnce = 200
/** Between two of them, so that what else is to be stored comes in between. */
const pause = 50

interface RetentionNeeds {
  visits: Pick<VisitHistory, 'expire' | 'nextSite'>
  exposures: Pick<ExposureHistory, 'expire'>
  visitors: Pick<VisitorHistory, 'letGo'>
  settings(): Readonly<Pick<Document, 'sites' | 'removedSites'>>
  clock: Clock
  log: Log
}

/** What was said to whom nobody knows: long enough for a year beside the year before. */
const nobodyKept = 400 * day

/** Deletes what of page views, events and exposures was kept long enough, now and once an hour. The returned function stops it. */
export function sweepVisits(needs: RetentionNeeds): () => void {
  const { visits, exposures, visitors, settings, clock, log } = needs
  let cancel: () => void = () => undefined
  let isStopped = false
  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      cancel = clock.after(ms, resolve)
    })

  async function sweepSite(id: SiteId): Promise<number> {
    const { before, nobodyBefore } = endsFor(settings(), id, clock.now())
    const told = await untilNone(() => visits.expire(id, before, rowsAtOnce))
    const said = { visitsBefore: before, nobodyBefore }
    return told + (await untilNone(() => exposures.expire(id, said, rowsAtOnce)))
  }
  async function untilNone(expire: () => Promise<number>): Promise<number> {
    let total = 0
    while (!isStopped) {
      const expired = await expire()
      if (expired === 0) break
      total += expired
      await wait(pause)
    }
    return total
  }
  async function sweep(): Promise<void> {
    let rows = 0
    // By what is stored, not by the settings: a site that is not there any more has left something too.
    for (let id = await visits.nextSite(null); id && !isStopped; id = await visits.nextSite(id))
      rows += await sweepSite(id)
    for (const id of gone(settings())) rows += await untilNone(() => visitors.letGo(id, rowsAtOnce))
    if (rows > 0) log.info('visits:expired', { rows })
  }
  async function go(): Promise<void> {
    while (!isStopped) {
      await sweep().catch((error: unknown) => log.warn('visits:unswept', { error: String(error) }))
      if (!isStopped) await wait(every)
    }
  }
  void go()
  return () => {
    isStopped = true
    cancel()
  }
}

/** Removed for good: nobody will come back to them by a token. */
const gone = ({ sites, removedSites = [] }: ReturnType<RetentionNeeds['settings']>): SiteId[] =>
  removedSites.filter((id) => !sites.some((site) => site.id === id))

/**
 * What is older than these goes. Of a site that was removed all goes; one that is missing for no known reason, as after
 * an edit by hand, may come back.
 */
function endsFor(
  { sites, removedSites = [] }: ReturnType<RetentionNeeds['settings']>,
  id: SiteId,
  now: number,
) {
  const site = sites.find((one) => one.id === id)
  if (!site && removedSites.includes(id)) return { before: now + 1, nobodyBefore: now + 1 }
  const { retentionDays = usualRetentionDays } = site ?? {}
  return { before: now - retentionDays * day, nobodyBefore: now - nobodyKept }
}
