import * as v from 'valibot'
import type { Entry } from '../../shared/conversation/entry.ts'
import { VisitorId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import { success } from '../../shared/result.ts'
import type { VisitorHistory } from '../history/history.ts'
import type { FollowUp } from './jobs-runner.ts'
import type { Clock } from './ports.ts'

/** One person is asked for a rating once a day, whatever the conversation. */
export interface SurveyLock {
  isLocked(visitorId: VisitorId): Promise<boolean>
  /** The visitor is being asked by one of these entries, perhaps. Counts at once; the job makes it last. */
  noticed(visitorId: VisitorId, entries: readonly Entry[]): void
  forget(visitorId: VisitorId): void
  followUp: FollowUp
}

const Asked = v.strictObject({ visitorId: VisitorId, at: v.number() })

export function createSurveyLock(needs: { visitors: VisitorHistory; clock: Clock }): SurveyLock {
  const { visitors, clock } = needs
  /** When those were asked whose jobs are not done yet. */
  const asked = new Map<VisitorId, number>()
  return {
    async isLocked(visitorId) {
      const visitor = await visitors.find(visitorId)
      const at = Math.max(asked.get(visitorId) ?? 0, visitor?.surveyedAt ?? 0)
      return clock.now() - at < times.surveyLock
    },
    noticed(visitorId, entries) {
      for (const entry of entries) if (asksForRating(entry)) asked.set(visitorId, entry.at)
    },
    forget: (visitorId) => void asked.delete(visitorId),
    followUp: {
      kind: 'survey:lock',
      wants: (entry, { visitorId }) => (asksForRating(entry) ? { visitorId, at: entry.at } : null),
      async run({ payload }) {
        const { visitorId, at } = v.parse(Asked, payload)
        // Nobody is left to be asked again when the visitor is missing.
        await visitors.update(visitorId, { surveyedAt: at })
        if (asked.get(visitorId) === at) asked.delete(visitorId)
        return success(undefined)
      },
    },
  }
}

const asksForRating = (entry: Entry): boolean => entry.kind === 'closed' && entry.survey
