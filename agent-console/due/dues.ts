import type { Aim } from '../../shared/aims.ts'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import {
  type Due,
  duesOf,
  leftOf,
  type Risk,
  riskOf,
  soonestRisk,
  type TargetHouse,
} from '../../shared/dues.ts'
import type { InboxRow } from '../../shared/inbox.ts'
import { roughly } from '../ui/format.ts'
import type { TextKey, Words } from '../ui/words.ts'

interface Standing {
  dues: readonly Due[]
  risk: Risk
}

const known = new WeakMap<TargetHouse, WeakMap<Conversation, Standing>>()

/** Looked up every second and with every change of the list, so it is worked out once. */
function standingOf(house: TargetHouse, conversation: Conversation): Standing {
  const here = known.get(house) ?? new WeakMap<Conversation, Standing>()
  known.set(house, here)
  const held = here.get(conversation)
  if (held) return held
  const dues = duesOf(house, conversation)
  const standing = { dues, risk: riskOf(conversation, dues) }
  here.set(conversation, standing)
  return standing
}

/** What is due in it, the soonest first. */
export const duesIn = (house: TargetHouse, conversation: Conversation): readonly Due[] =>
  standingOf(house, conversation).dues

/** Whose time is up first; as the interface has it. */
export const byRiskIn =
  (house: TargetHouse) =>
  (one: InboxRow, other: InboxRow): number =>
    soonestRisk(standingOf(house, one.conversation).risk, standingOf(house, other.conversation).risk)

/** The server's clock and what is known of it here are not the same to the second. */
const slack = 60_000

/** Whether it is late by the targets of now, which may be others than those by which it was told. */
export function isStillLate(house: TargetHouse, { conversation }: InboxRow, aim: Aim, now: number): boolean {
  const due = duesIn(house, conversation).find((one) => one.aim === aim)
  return due !== undefined && leftOf(due, now) < slack
}

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
