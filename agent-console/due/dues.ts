import type { Aim } from '../../shared/aims.ts'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import { type Due, duesOf, leftOf, riskOf, soonestRisk, type TargetHouse } from '../../shared/dues.ts'
import type { InboxRow } from '../../shared/inbox.ts'
import { roughly } from '../ui/format.ts'
import type { TextKey, Words } from '../ui/words.ts'

const known = new WeakMap<TargetHouse, WeakMap<Conversation, readonly Due[]>>()

/** What is due in it, the soonest first. Looked up every second for every row, so it is worked out once. */
export function duesIn(house: TargetHouse, conversation: Conversation): readonly Due[] {
  const here = known.get(house) ?? new WeakMap<Conversation, readonly Due[]>()
  known.set(house, here)
  const dues = here.get(conversation) ?? duesOf(house, conversation)
  here.set(conversation, dues)
  return dues
}

/** Whose time is up first; as the interface has it. */
export const byRiskIn =
  (house: TargetHouse) =>
  (one: InboxRow, other: InboxRow): number =>
    soonestRisk(risk(house, one), risk(house, other))

const risk = (house: TargetHouse, { conversation }: InboxRow) =>
  riskOf(conversation, duesIn(house, conversation))

export type Level = 'fresh' | 'felt' | 'over'

/** How it stands: the last quarter of its time is felt. */
export function levelOf(due: Due, now: number): Level {
  const left = leftOf(due, now)
  if (left < 0) return 'over'
  return left * 4 <= due.within ? 'felt' : 'fresh'
}

export function sayLeft(words: Words, due: Due, now: number): string {
  const left = leftOf(due, now)
  return left < 0
    ? words.t('lateBy', { time: roughly(words, -left) })
    : words.t('timeLeft', { time: roughly(words, left) })
}

export const aimNames: Record<Aim, TextKey> = {
  firstResponse: 'aimFirstResponse',
  response: 'aimResponse',
  resolution: 'aimResolution',
}
