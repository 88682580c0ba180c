import type { RuleId, VisitId } from '../ids.ts'
import { times } from '../limits.ts'
import type { Often } from './rule.ts'

/** Once something was said to a visitor, by whatever it was. Times in ms. */
export interface Contact {
  by: 'rule' | 'survey' | 'announcement' | 'agent'
  /** Of a rule alone. */
  ruleId?: RuleId | null
  /** The visitor saw nothing of it: it counts for its rule, and for nothing else. */
  silent?: true
  visitId: VisitId
  at: number
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
  if (quietSince !== null && now - quietSince < budget.quiet) return 'quiet'
  if (lastShownAt !== null && now - lastShownAt < budget.spacing) return 'tooSoon'
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
      return now - said.lastAt < often.seconds * 1_000 ? 'ruleTooSoon' : null
    case 'times':
      return said.ever >= often.times ? 'ruleOften' : null
  }
}

/** What the contacts of a visitor come to in this visit. */
export function historyOf(
  contacts: readonly Contact[],
  present: Pick<ContactHistory, 'quietSince' | 'inConversation'> & { visitId: VisitId },
): ContactHistory {
  const { visitId, quietSince, inConversation } = present
  const ofRules = new Map<RuleId, RuleContacts>()
  const borne = contacts.filter(({ silent }) => !silent)
  for (const { ruleId, at, visitId: then } of contacts) {
    if (!ruleId) continue
    const before = ofRules.get(ruleId) ?? { ever: 0, thisVisit: 0, lastAt: at }
    ofRules.set(ruleId, {
      ever: before.ever + 1,
      thisVisit: before.thisVisit + (then === visitId ? 1 : 0),
      lastAt: Math.max(before.lastAt, at),
    })
  }
  return {
    ...{ quietSince, inConversation, ofRules },
    shownThisVisit: borne.filter((one) => one.visitId === visitId).length,
    lastShownAt: borne.reduce<number | null>((last, { at }) => Math.max(last ?? at, at), null),
  }
}
