import { expect, it } from 'vitest'
import { DeskControl } from '../../agent-console/state/desk.ts'
import { success } from '../../shared/result.ts'
import { noReceipts } from '../../shared/timeline.ts'
import { clientId, conversationId, minute, Story } from '../shared/story.ts'
import { handClock } from '../support/clock.ts'
import { me, memoryKeep, rowOf, snapshotOf } from './support/desk.ts'
import { fakeLink } from './support/fake-link.ts'

function openDesk() {
  const link = fakeLink()
  const clock = handClock()
  const nothing = async () => success(undefined as never)
  const api = { address: () => '', get: nothing, send: nothing }
  const chance = { clientId: () => clientId(1), share: () => 0.5 }
  return { link, clock, desk: new DeskControl({ me, link, api, clock, keep: memoryKeep(), chance }) }
}

it('W2 W18 sends no reply before the greeting is over, since a refusal then would be for good', async () => {
  const { link, clock, desk } = openDesk()
  link.tell({ name: 'up' })
  desk.reply(conversationId, 'On my way', false)
  clock.advance(minute)
  expect(link.waiting('message:send')).toEqual([])
  await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf() })
  expect(link.waiting('message:send')).toHaveLength(1)
})

it('C9 owes a receipt that was due before the greeting until it is over', async () => {
  const { link, desk } = openDesk()
  const { conversation, entries } = new Story().visitor(minute)
  link.tell({ name: 'up' })
  await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf() })
  desk.watch(conversationId)
  const whole = { ok: true, mode: 'whole', conversation, entries, receipts: noReceipts }
  await link.waiting('conversation:watch')[0]?.answer({ ...whole, row: rowOf(new Story().visitor(minute)) })
  link.tell({ name: 'down' })
  link.tell({ name: 'up' })
  desk.receive(conversationId, true)
  expect(link.waiting('receipt:send')).toEqual([])
  await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf() })
  expect(link.waiting('receipt:send')).toHaveLength(1)
})
