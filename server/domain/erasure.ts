import { createHash } from 'node:crypto'
import { isVisitId, type VisitId, type VisitorId } from '../../shared/ids.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { Erased, ErasureHistory } from '../history/history.ts'
import type { Audience } from './audience.ts'
import type { Visitors } from './domain.ts'
import type { LiveFiles } from './files.ts'
import type { Clock, Log } from './ports.ts'
import type { SurveyLock } from './survey-lock.ts'
import type { LiveVisits } from './visits/visits.ts'

/**
 * What is kept of a person beside the tables of the history (`history/records/belongings.ts` lists those), and goes
 * with them. Whatever else comes to keep something of people joins in here. What a crash leaves undone of `forget` it
 * has to find out by itself at the next start.
 */
export interface Remnant {
  /** Its name in what is handed out. */
  kind: string
  held(visitorId: VisitorId): Promise<readonly object[]>
  /** Called once the history holds nothing of them any more. */
  forget(erased: Erased): Promise<void>
}

export interface ErasureNeeds {
  erasures: ErasureHistory
  visits: Pick<LiveVisits, 'byId' | 'heldOf' | 'forget' | 'forgetVisit'>
  surveyLock: Pick<SurveyLock, 'forget'>
  files: Pick<LiveFiles, 'removeUnkept'>
  audience: Pick<Audience, 'conversationsErased'>
  clock: Clock
  log: Log
}

const remnants = ({ visits, surveyLock, files, audience }: ErasureNeeds): readonly Remnant[] => [
  {
    kind: 'visits',
    held: async (visitorId) => visits.heldOf(visitorId),
    forget: async (erased) => visits.forget(erased),
  },
  { kind: 'bytes', held: async () => [], forget: ({ bytes }) => files.removeUnkept(bytes) },
  { kind: 'surveyLock', held: async () => [], forget: async ({ visitorId }) => surveyLock.forget(visitorId) },
  {
    kind: 'screens',
    held: async () => [],
    forget: async ({ conversationIds }) => audience.conversationsErased(conversationIds),
  },
]

/** A person, whole: handed out, or let go. */
export function createErasure(needs: ErasureNeeds): Pick<Visitors, 'held' | 'erase'> {
  const { erasures, visits, clock, log } = needs
  const others = remnants(needs)
  return {
    async held(id) {
      const visitorId = visitorIn(visits, id)
      const stored = visitorId && (await erasures.held(visitorId))
      if (!visitorId || !stored) return null
      const beside = await Promise.all(
        others.map(async ({ kind, held }) => [kind, await held(visitorId)] as const),
      )
      const shown = beside.filter(([, items]) => items.length > 0)
      return { visitorId, exportedAt: clock.now(), ...stored, ...Object.fromEntries(shown) }
    },
    async erase(id, by) {
      const visitorId = visitorIn(visits, id)
      if (!visitorId) return eraseVisit(needs, id)
      const erased = await erasures.erase(visitorId, clock.now())
      if (!erased) return missing()
      log.info('visitor:erased', { by: by.id, visitor: fingerprint(visitorId), rows: erased.counts })
      await forgetAll(others, erased)
      // Last: it takes as long as the store is large, or fails, and nobody is to go on seeing them meanwhile.
      await erasures.sweep()
      return success(undefined)
    },
  }
}

/** Where one cannot, the others do all the same. */
async function forgetAll(remnants: readonly Remnant[], erased: Erased): Promise<void> {
  const done = await Promise.allSettled(remnants.map(async ({ forget }) => forget(erased)))
  const broken = done.find(({ status }) => status === 'rejected')
  if (broken?.status === 'rejected') throw broken.reason
}

/** Somebody nobody remembers has only the visit they are in. */
function eraseVisit({ visits }: ErasureNeeds, id: VisitId | VisitorId): Result<void> {
  const visit = isVisitId(id) ? visits.byId(id) : null
  if (!visit) return missing()
  visits.forgetVisit(visit)
  return success(undefined)
}

const visitorIn = (visits: ErasureNeeds['visits'], id: VisitId | VisitorId): VisitorId | null =>
  isVisitId(id) ? (visits.byId(id)?.visitorId ?? null) : id

/** Tells in the log that it was done to the one asked about, and names nobody. */
const fingerprint = (visitorId: VisitorId): string =>
  createHash('sha256').update(visitorId).digest('base64url').slice(0, 16)

const missing = () => failure('not_found', 'There is no such visitor.')
