import * as v from 'valibot'
import type { Entry } from '../../shared/conversation/entry.ts'
import { VisitorId } from '../../shared/ids.ts'
import { times } from '../../shared/limits.ts'
import { success } from '../../shared/result.ts'
import type { VisitorHistory } from '../history/history.ts'
import type { FollowUp } from './jobs-runner.ts'
import type { Clock } from './ports.ts'

/**
 * One person is asked once a day, whatever the conversation, and how likely they are to recommend the house once in
 * ninety days.
 */
export interface SurveyLock {
  locked(visitorId: VisitorId): Promise<{ all: boolean; nps: boolean }>
  /** The visitor is being asked by one of these entries, perhaps. Counts at once; the job makes it last. */
  noticed(visitorId: VisitorId, entries: readonly Entry[]): void
  forget(visitorId: VisitorId): void
  followUp: FollowUp
}

const Asked = v.strictObject({ visitorId: VisitorId, at: v.number(), nps: v.optional(v.literal(true)) })

export function createSurveyLock(needs: { visitors: VisitorHistory; clock: Clock }): SurveyLock {
  const { visitors, clock } = needs
  /** When those were asked whose jobs are not done yet. */
  const asked = { all: new Map<VisitorId, number>(), nps: new Map<VisitorId, number>() }
  return {
    async locked(visitorId) {
      const visitor = await visitors.find(visitorId)
      const since = (held: number | undefined, stored: number | null | undefined): number =>
        clock.now() - Math.max(held ?? 0, stored ?? 0)
      return {
        all: since(asked.all.get(visitorId), visitor?.surveyedAt) < times.surveyLock,
        nps: since(asked.nps.get(visitorId), visitor?.npsAskedAt) < times.npsApart,
      }
    },
    noticed(visitorId, entries) {
      for (const entry of entries) {
        if (asks(entry)) asked.all.set(visitorId, entry.at)
        if (asksNps(entry)) asked.nps.set(visitorId, entry.at)
      }
    },
    forget(visitorId) {
      asked.all.delete(visitorId)
      asked.nps.delete(visitorId)
    },
    followUp: {
      kind: 'survey:lock',
      wants: (entry, { visitorId }) =>
        asks(entry) ? { visitorId, at: entry.at, ...(asksNps(entry) ? { nps: true } : {}) } : null,
      async run({ payload }) {
        const { visitorId, at, nps } = v.parse(Asked, payload)
        // Nobody is left to be asked again when the visitor is missing.
        await visitors.update(visitorId, { surveyedAt: at, ...(nps ? { npsAskedAt: at } : {}) })
        if (asked.all.get(visitorId) === at) asked.all.delete(visitorId)
        if (asked.nps.get(visitorId) === at) asked.nps.delete(visitorId)
        return success(undefined)
      },
    },
  }
}

const asks = (entry: Entry): boolean =>
  entry.kind === 'surveyAsked' || (entry.kind === 'closed' && (entry.survey || entry.asks !== undefined))

const asksNps = (entry: Entry): boolean => entry.kind === 'closed' && (entry.asks?.includes('nps') ?? false)
