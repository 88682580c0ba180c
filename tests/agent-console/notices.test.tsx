// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { describe, expect, it } from 'vitest'
import { ConnectionNotice } from '../../agent-console/connection-notice.tsx'
import { MeanwhileNotice } from '../../agent-console/conversation/meanwhile.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { noReceipts } from '../../shared/timeline.ts'
import { conversationId, minute, omid, Story } from '../shared/story.ts'
import { snapshotOf } from './support/desk.ts'
import { settle } from './support/fake-link.ts'
import { openStage } from './support/stage.tsx'

const notice = () => document.querySelector('.notice')?.textContent ?? null
const shown = () => expect.poll(notice, { timeout: 5_000 })

describe('the connection as it is', () => {
  it('W18 counts what waits and what was refused, wherever it was written', async () => {
    const { desk, link, draw } = await openStage()
    await draw(<ConnectionNotice />)
    expect(notice()).toBe('')
    await act(async () => {
      desk.reply(conversationId, 'Never', false)
      await settle()
    })
    await shown().toBe('1 reply is waiting to be sent')
    const error = { code: 'not_found', message: '' }
    await act(async () => link.waiting('message:send')[0]?.answer({ ok: false, error }))
    await shown().toBe('1 reply was not sent')
    expect(document.querySelector('.notice a')?.getAttribute('href')).toBe(`#/inbox/${conversationId}`)
  })

  it('says for how long there has been none', async () => {
    const { link, clock, draw } = await openStage()
    await draw(<ConnectionNotice />)
    await act(() => link.tell({ name: 'down' }))
    clock.advance(3 * minute)
    await shown().toBe(`${en.reconnecting}Lost 3 min ago.`)
  })
})

describe('what others did meanwhile', () => {
  it('C20 is said with who and when, and goes when it was read', async () => {
    const { desk, link, draw } = await openStage()
    const story = new Story().visitor(minute)
    desk.watch(conversationId)
    const { conversation, entries } = story
    const whole = { ok: true, mode: 'whole', conversation, entries: [...entries], receipts: noReceipts }
    const row = { conversation, visitorName: 'Mina', receipts: noReceipts, unread: 0 }
    await link.waiting('conversation:watch')[0]?.answer({ ...whole, row })
    link.tell({ name: 'down' })
    story.agent(2 * minute, omid)
    story.run({ type: 'close', by: omid, reason: 'agent', surveyLocked: true }, 3 * minute)
    link.tell({ name: 'up' })
    const missed = story.entries.slice(1)
    const back = { conversation: story.conversation, mode: 'missing' as const, entries: missed }
    const conversations = [{ ...back, receipts: noReceipts }]
    await link.waiting('hello')[0]?.answer({ ok: true, ...snapshotOf({ conversations }) })
    await draw(<MeanwhileNotice id={conversationId} who="Mina" />)
    const lines = [...document.querySelectorAll('li')].map((line) => line.textContent ?? '')
    expect(lines).toMatchObject([
      expect.stringContaining('Omid took the conversation'),
      expect.stringContaining('Omid replied'),
      expect.stringContaining('Closed by Omid'),
    ])
    expect(lines.every((line) => /\d:0[23]/.test(line))).toBe(true)
    await act(() => document.querySelector('button')?.click())
    expect(document.querySelectorAll('li')).toHaveLength(0)
  })
})
