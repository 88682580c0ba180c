import type { VisitorId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { type ContactHistory, withRecord } from '../../../shared/triggers/budget.ts'
import type { Standing } from '../../../shared/triggers/decide.ts'
import type { Facts } from '../../../shared/triggers/facts.ts'
import { isTalking, quietSince, stayOn } from '../../../shared/triggers/past/past-facts.ts'
import type { Past } from '../../../shared/triggers/past/recorded.ts'
import { replay, replaying, type Settings, type Step } from '../../../shared/triggers/past/replay.ts'
import type { Rule } from '../../../shared/triggers/rule.ts'
import {
  type PastExposure,
  type RecordedWhy,
  type Trial,
  tryRules,
  type WhyOnRecord,
} from '../../../shared/triggers/why.ts'
import type { Visitor } from '../../../shared/visitor.ts'
import type { History } from '../../history/history.ts'
import type { Rules } from '../domain.ts'
import type { Clock } from '../ports.ts'
import { type Pace, Slices } from '../slices.ts'
import { visitEnds } from '../visits/visit-index.ts'

export interface RecordNeeds {
  history: {
    past: Pick<History['past'], 'begins' | 'of'>
    exposures: Pick<History['exposures'], 'past' | 'ofVisitor'>
    visitors: Pick<History['visitors'], 'find'>
  }
  rules: Pick<Rules, 'list'>
  settingsOf(siteId: Rule['siteId']): Settings
  clock: Pick<Clock, 'now'>
  pace: Pace
}

/** Views of the latest visits, which is all that the last moment is worked out from. */
const viewsReplayed = 300
/** The latest of what was said to one visitor. */
const exposuresRead = 500
const lookedBack = 366 * day

/** How each rule fares by what stands on record of somebody; null when there is nobody. */
export async function whyOnRecord(needs: RecordNeeds, id: VisitorId): Promise<WhyOnRecord | null> {
  const { history, clock } = needs
  const visitor = await history.visitors.find(id)
  if (!visitor) return null
  const rules = needs.rules.list(visitor.siteId)
  const period = { siteId: visitor.siteId, from: clock.now() - lookedBack, to: clock.now() + 1 }
  // Asked first, it has what was said until now in the tables.
  await history.past.begins(period, viewsReplayed)
  const [past] = await history.past.of(period, [id])
  const last = past ? await lastMoment(needs, past, rules) : null
  const at = last?.at ?? clock.now()
  const standing = await standingAt(needs, { visitor, past, last })
  const exposures = await history.exposures.ofVisitor(id, exposuresRead)
  const facts = last?.facts ?? {}
  const items = faring(rules, facts, standing, at).map((one) =>
    withRecordOf(one, exposures, standing.history),
  )
  return { at: last?.at ?? null, items }
}

/**
 * Who was there to answer is recorded nowhere. That somebody was is taken for granted, as in a replay, but for a
 * condition that asks for it.
 */
function faring(rules: readonly Rule[], facts: Facts, standing: Standing, at: number) {
  const exact = tryRules(rules, facts, standing, at)
  const fit = exact.filter(({ because }) => because !== 'conditions' && because !== 'undecided')
  const granted = { ...facts, somebodyCanAnswer: facts.somebodyCanAnswer ?? true }
  const reasons = new Map(
    tryRules(
      fit.map(({ rule }) => rule),
      granted,
      standing,
      at,
    ).map(({ rule, because }) => [rule.id, because]),
  )
  return exact.map(({ rule, ...tried }) => {
    const because = reasons.get(rule.id) ?? tried.because
    return { ...tried, because, ruleId: rule.id, name: rule.name }
  })
}

interface LastMoment {
  startedAt: number
  at: number
  facts: Facts
}

/** The end of the last visit that is recorded, with all that is known of it. */
async function lastMoment(
  { settingsOf, pace }: RecordNeeds,
  past: Past,
  rules: readonly Rule[],
): Promise<LastMoment | null> {
  const [any] = rules
  if (!any) return null
  const given = replaying(rules, any, { settings: settingsOf(any.siteId), thorough: true })
  const slices = new Slices(pace)
  let last: LastMoment | null = null
  for (const step of replay({ ...past, ...latestOf(past) }, given)) {
    last = { startedAt: step.visit.startedAt, ...endOf(step) }
    await slices.breath()
  }
  return last
}

/** As it stood when they left the page; where nobody has recorded when that was, the step is the last that is known. */
function endOf({ visit, view, at, facts, cause }: Step): Pick<LastMoment, 'at' | 'facts'> {
  const { until, isOpen } = stayOn(visit, visit.views.indexOf(view))
  if (isOpen || cause.kind === 'end') return { at, facts }
  const since = (moment: number): number => Math.floor((until - moment) / 1_000)
  const seconds = { secondsOnPage: since(view.at), secondsOnSite: since(visit.startedAt) }
  return { at: until, facts: { ...facts, now: until, ...seconds, scroll: view.scroll } }
}

/** The latest visits with so many views together, and always the last. */
function latestOf({ visits, seenBefore }: Past): Pick<Past, 'visits' | 'seenBefore'> {
  let from = visits.length
  for (let views = 0; from > 0 && views < viewsReplayed; from--) views += visits[from - 1]?.views.length ?? 0
  return { visits: visits.slice(from), seenBefore: visits[from - 1]?.views.at(-1)?.at ?? seenBefore }
}

interface Whom {
  visitor: Visitor
  past: Past | undefined
  last: LastMoment | null
}

/** What they had heard by the end of that visit. */
async function standingAt({ history, clock }: RecordNeeds, { visitor, past, last }: Whom): Promise<Standing> {
  const now = clock.now()
  const since = last ? last.startedAt - visitEnds : now
  const { said } = await history.exposures.past(visitor.id, { since, now })
  const at = last?.at ?? now
  const spoken = withRecord({ shownThisVisit: 0, lastShownAt: null, ofRules: new Map() }, said)
  const state = {
    quietSince: past ? quietSince(past, at) : visitor.quietSince,
    inConversation: past ? isTalking(past.chats, at) : false,
  }
  return { history: { ...spoken, ...state }, visitor: visitor.id, consent: 'granted' }
}

function withRecordOf(
  tried: Trial & Pick<RecordedWhy, 'ruleId' | 'name'>,
  exposures: readonly PastExposure[],
  history: ContactHistory,
): RecordedWhy {
  const said = history.ofRules.get(tried.ruleId)
  const missed = history.heldOutOf?.get(tried.ruleId)
  const last = exposures.find(({ ruleId }) => ruleId === tried.ruleId) ?? null
  return {
    ...tried,
    ...{ at: last?.at ?? null, spokeAt: said?.lastAt ?? null, asked: null },
    record: { shown: said?.ever ?? 0, heldOut: missed?.ever ?? 0, last },
  }
}
