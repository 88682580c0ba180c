import type { RuleId, VisitId } from '../../ids.ts'
import { isSilent } from '../action.ts'
import { type Contact, type ContactHistory, historyOf } from '../budget.ts'
import type { Rule } from '../rule.ts'
import { isTalking, quietSince } from './past-facts.ts'
import type { Past } from './recorded.ts'

/** What a replay has said to one visitor so far. */
export class Said {
  private readonly contacts: Contact[] = []
  /** What it comes to in a visit, until more is said: asked for at every moment. */
  private known: { visitId: VisitId; history: ContactHistory } | null = null

  /** When each part of their score last held. */
  scoreHeld: ReadonlyMap<string, number> = new Map()

  constructor(private readonly past: Past) {}

  /** `heldOut`: it would have, were they not of those who are left without it. */
  speaks({ id, action }: Rule, where: { visitId: VisitId; at: number; heldOut: boolean }): void {
    this.known = null
    this.contacts.push({
      ...{ by: 'rule', ruleId: id, ...where },
      ...(isSilent(action) ? { silent: true } : {}),
    })
  }

  /** The rule that disturbed them last in this visit. */
  lastIn(visitId: VisitId): RuleId | null {
    return (
      this.contacts.findLast((one) => one.visitId === visitId && !one.silent && !one.heldOut)?.ruleId ?? null
    )
  }

  historyAt(visitId: VisitId, at: number): ContactHistory {
    const present = { quietSince: quietSince(this.past, at), inConversation: isTalking(this.past.chats, at) }
    if (this.known?.visitId !== visitId)
      this.known = { visitId, history: historyOf(this.contacts, { visitId, ...present }) }
    return { ...this.known.history, ...present }
  }
}
