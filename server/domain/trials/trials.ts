import type { SiteId } from '../../../shared/ids.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import { tryRules } from '../../../shared/triggers/why.ts'
import type { Rules, Sites } from '../domain.ts'
import type { Clock } from '../ports.ts'
import type { LiveProactive } from '../proactive/proactive.ts'
import { type RecordNeeds, whyOnRecord } from '../proactive/why-on-record.ts'
import { eventLoopPace, type Pace } from '../slices.ts'
import type { Sorter } from '../sorter.ts'
import type { Calendars } from '../sorting-domain.ts'
import { toldHere } from '../told-names.ts'
import type { LiveVisits } from '../visits/live-visits.ts'
import { type BackTestNeeds, BackTests } from './back-test.ts'
import { MatchingCounts } from './matching.ts'
import { among, asRule, type Draft, type Trials } from './trial.ts'

interface TrialsNeeds {
  visits: Pick<LiveVisits, 'byId' | 'everybody'>
  proactive: Pick<LiveProactive, 'standingOf' | 'watching'>
  rules: Pick<Rules, 'list'>
  sites: Pick<Sites, 'byId'>
  history: BackTestNeeds['history'] & RecordNeeds['history']
  calendars: Pick<Calendars, 'list'>
  sorter: Pick<Sorter, 'sortingOf'>
  clock: Clock
  /** Left out: that of the event loop. */
  pace?: Pace
  viewsAtOnce?: number
}

export function createTrials(needs: TrialsNeeds): Trials {
  const { pace = eventLoopPace } = needs
  const counts = new MatchingCounts({ ...needs, pace })
  const settingsOf = (siteId: SiteId) => ({
    calendars: new Map(needs.calendars.list().map((one) => [one.id, one])),
    sorting: needs.sorter.sortingOf(siteId),
  })
  const backTests = new BackTests({ ...needs, settingsOf, pace })
  return {
    try(draft, visitId) {
      const visit = needs.visits.byId(visitId)
      const live = visit?.siteId === draft.rule.siteId ? needs.proactive.standingOf(visit) : null
      if (!live) return failure('not_found', 'There is no such visitor on the site.')
      const tried = asRule(draft)
      const rules = among(needs.rules.list(tried.siteId), tried)
      const all = tryRules(rules, live.facts, live.standing, live.now)
      const own = all.find(({ rule }) => rule.id === tried.id)
      if (!own) return failure('internal', 'The rule was not tried.')
      const { rule: _, ...trial } = own
      return success(trial)
    },
    async matching(draft) {
      const fault = unplaced(needs, draft)
      return fault ?? counts.of(asRule(draft))
    },
    backTest: async (asked, signal) => unplaced(needs, asked) ?? backTests.run(asked, signal),
    visits: async (asked, signal) => unplaced(needs, asked) ?? backTests.visits(asked, signal),
    async told(siteId) {
      if (!needs.sites.byId(siteId)) return failure('not_found', 'There is no such site.')
      return success({
        here: toldHere(needs.visits, siteId),
        recorded: await needs.history.past.names(siteId),
      })
    },
    onRecord: (visitorId) => whyOnRecord({ ...needs, settingsOf, pace }, visitorId),
    steps: async (asked) => unplaced(needs, asked) ?? backTests.steps(asked),
  }
}

/** A rule of no site has nobody to speak to. */
const unplaced = ({ sites }: Pick<TrialsNeeds, 'sites'>, { rule }: Draft): Result<never> | null =>
  sites.byId(rule.siteId) ? null : failure('invalid', 'There is no such site.', { path: 'rule.siteId' })
