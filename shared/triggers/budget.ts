import type { RuleId, VisitId } from '../ids.ts'
import { times } from '../limits.ts'
import { isWithin } from '../within.ts'
import type { Often } from './rule.ts'

/** Once something was said to a visitor, by whatever it was. Times in ms. */
export interface Contact {
  /** `visitor`: they asked for what a rule says, by a click. */
  by: 'rule' | 'survey' | 'announcement' | 'agent' | 'visitor'
  /** Of a rule alone. */
  ruleId?: RuleId | null
  /** The visitor saw nothing of it: it counts for its rule, and for nothing else. */
  silent?: true
  visitId: VisitId
  at: number
  /** It would have been said, were they not held out of this rule. */
  heldOut?: boolean | undefined
}

/** What one rule has said to this visitor before. */
export interface RuleContacts {
  ever: number
  thisVisit: number
  lastAt: number
}

/** What has been said to this visitor before. Times in ms. */
export interface ContactHistory {
  /** Shown in this visit: rules, surveys and announcements are counted together. */
  shownThisVisit: number
  lastShownAt: number | null
  /** When they last dismissed a proactive message or chatted. */
  quietSince: number | null
  /** A conversation is open now. */
  inConversation: boolean
  ofRules: ReadonlyMap<RuleId, RuleContacts>
  /** What rules would have said that this visitor is held out of. It takes nothing from the budget of others. */
  heldOutOf?: ReadonlyMap<RuleId, RuleContacts> | undefined
}

/** What was said before this visit was in memory, added up. */
export type Earlier = Pick<ContactHistory, 'lastShownAt' | 'ofRules' | 'heldOutOf'> & {
  /** So lately that it was in the same session. */
  shownThisVisit: number
}

/** How much one visitor is to bear, from all sides together. Times in ms. */
export interface Budget {
  perVisit: number
  spacing: number
  quiet: number
}

export const usualBudget: Budget = {
  perVisit: 1,
  spacing: times.proactiveSpacing,
  quiet: times.proactiveQuiet,
}

export type Hold = 'inConversation' | 'onceASession' | 'tooSoon' | 'quiet'

/** Why this visitor must not be addressed now, or null when they may be. */
export function holdBack(history: ContactHistory, now: number, budget = usualBudget): Hold | null {
  const { quietSince, lastShownAt } = history
  if (history.inConversation) return 'inConversation'
  if (quietSince !== null && isWithin(budget.quiet, quietSince, now)) return 'quiet'
  if (lastShownAt !== null && isWithin(budget.spacing, lastShownAt, now)) return 'tooSoon'
  if (history.shownThisVisit >= budget.perVisit) return 'onceASession'
  return null
}

export type RuleHold = 'ruleOnceEver' | 'ruleOnceASession' | 'ruleTooSoon' | 'ruleOften'

/** Why this rule has said enough to this visitor, or null when it may speak. */
export function holdBackRule(
  often: Often = { kind: 'onceASession' },
  said: RuleContacts | undefined,
  now: number,
): RuleHold | null {
  if (!said) return null
  switch (often.kind) {
    case 'onceEver':
      return said.ever > 0 ? 'ruleOnceEver' : null
    case 'onceASession':
      return said.thisVisit > 0 ? 'ruleOnceASession' : null
    case 'every':
      return isWithin(often.seconds * 1_000, said.lastAt, now) ? 'ruleTooSoon' : null
    case 'times':
      return said.ever >= often.times ? 'ruleOften' : null
  }
}

/**
 * The past of somebody held out of a rule as it would be had the rule spoken to them: so their moments come as often as
 * those of who is shown it, and the two can be compared.
 */
export function asIfShown(history: ContactHistory, ruleId: RuleId): ContactHistory {
  const missed = history.heldOutOf?.get(ruleId)
  if (!missed) return history
  return {
    ...history,
    shownThisVisit: history.shownThisVisit + missed.thisVisit,
    lastShownAt: Math.max(history.lastShownAt ?? missed.lastAt, missed.lastAt),
    ofRules: new Map(history.ofRules).set(ruleId, together(history.ofRules.get(ruleId), missed)),
  }
}

/** All that one rule, or none, has said to a visitor before, or would have. */
export interface SaidBefore {
  ruleId: RuleId | null
  heldOut: boolean
  silent: boolean
  ever: number
  /** Of these, in the session that goes on. */
  lately: number
  lastAt: number
}

/** With what the record has of earlier visits. */
export function withRecord(known: Earlier, said: readonly SaidBefore[]): Earlier {
  const ofRules = new Map(known.ofRules)
  const heldOutOf = new Map(known.heldOutOf)
  let { shownThisVisit, lastShownAt } = known
  for (const { ruleId, heldOut, silent, ever, lately, lastAt } of said) {
    const side = heldOut ? heldOutOf : ofRules
    if (ruleId) side.set(ruleId, together(side.get(ruleId), { ever, thisVisit: lately, lastAt }))
    if (heldOut || silent) continue
    shownThisVisit += lately
    lastShownAt = Math.max(lastShownAt ?? lastAt, lastAt)
  }
  return { shownThisVisit, lastShownAt, ofRules, heldOutOf }
}

/** Of two visits that turn out to be one. */
export const bothSaid = (one: Earlier, other: Earlier): Earlier => ({
  shownThisVisit: one.shownThisVisit + other.shownThisVisit,
  lastShownAt:
    one.lastShownAt === null || other.lastShownAt === null
      ? (one.lastShownAt ?? other.lastShownAt)
      : Math.max(one.lastShownAt, other.lastShownAt),
  ofRules: bothOf(one.ofRules, other.ofRules),
  heldOutOf: bothOf(one.heldOutOf ?? new Map(), other.heldOutOf ?? new Map()),
})

function bothOf(one: Earlier['ofRules'], other: Earlier['ofRules']): Earlier['ofRules'] {
  const both = new Map(one)
  for (const [id, said] of other) both.set(id, together(both.get(id), said))
  return both
}

/** What the contacts of a visitor come to in this visit. */
export function historyOf(
  contacts: readonly Contact[],
  present: Pick<ContactHistory, 'quietSince' | 'inConversation'> & { visitId: VisitId },
  earlier: Earlier = nothingEarlier,
): ContactHistory {
  const { visitId, quietSince, inConversation } = present
  const said = contacts.filter(({ heldOut }) => !heldOut)
  const heldOut = contacts.filter((one) => one.heldOut)
  const borne = said.filter(({ silent }) => !silent)
  return {
    ...{ quietSince, inConversation },
    shownThisVisit: earlier.shownThisVisit + borne.filter((one) => one.visitId === visitId).length,
    lastShownAt: borne.reduce<number | null>((last, { at }) => Math.max(last ?? at, at), earlier.lastShownAt),
    ofRules: byRule(said, visitId, earlier.ofRules),
    heldOutOf: byRule(heldOut, visitId, earlier.heldOutOf),
  }
}

const nothingEarlier: Earlier = { shownThisVisit: 0, lastShownAt: null, ofRules: new Map() }

function byRule(
  contacts: readonly Contact[],
  visitId: VisitId,
  before: ReadonlyMap<RuleId, RuleContacts> = nothingEarlier.ofRules,
): ReadonlyMap<RuleId, RuleContacts> {
  const found = new Map(before)
  for (const { ruleId, at: lastAt, visitId: then } of contacts)
    if (ruleId)
      found.set(ruleId, together(found.get(ruleId), { ever: 1, thisVisit: then === visitId ? 1 : 0, lastAt }))
  return found
}

const together = (one: RuleContacts | undefined, other: RuleContacts): RuleContacts =>
  one
    ? {
        ever: one.ever + other.ever,
        thisVisit: one.thisVisit + other.thisVisit,
        lastAt: Math.max(one.lastAt, other.lastAt),
      }
    : other
