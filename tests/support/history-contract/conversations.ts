import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../shared/conversation/entry.ts'
import { fold, hour, newClientId, newConversationId, noon, scene, taken } from '../history-cast.ts'
import { history } from './held.ts'

const kinds = (entries: readonly Entry[]): string[] => entries.map(({ kind }) => kind)

describe('conversations', () => {
  it('C1 the stored state is what the entries add up to', async () => {
    const { says, answers, closes, entries, does } = scene(history())
    const { conversation } = taken(await says('Hello'))
    await answers(conversation.id, 'Hi', noon + 1)
    await says('Thanks', noon + 2)
    await closes(conversation.id, noon + 3)
    await does(conversation.id, { type: 'rate', rating: 4, comment: 'quick' }, noon + 4)
    const stored = await history().conversations.find(conversation.id)
    expect(stored?.conversation).toEqual(fold(conversation, await entries(conversation.id)))
    expect(stored?.conversation).toMatchObject({ seq: 6, status: 'closed', survey: { rating: 4 } })
  })

  it('C2 a visitor’s messages go to one conversation', async () => {
    const { says } = scene(history())
    const [first, second] = await Promise.all([says('Hello'), says('Are you there?')])
    expect(taken(first).started).toBe(true)
    expect(taken(second)).toMatchObject({
      started: false,
      conversation: { id: taken(first).conversation.id },
    })
  })

  it('C3 within 24 hours of the close a message reopens, as a new episode', async () => {
    const { says, closes } = scene(history())
    const { conversation } = taken(await says('Hello'))
    await closes(conversation.id, noon)
    const back = taken(await says('One more thing', noon + 24 * hour))
    expect(back.conversation).toMatchObject({ id: conversation.id, episode: 2, status: 'open' })
    expect(kinds(back.entries)).toEqual(['reopened', 'message'])
  })

  it('C3 later a message starts a new conversation', async () => {
    const { says, closes } = scene(history())
    const { conversation } = taken(await says('Hello'))
    await closes(conversation.id, noon)
    const back = taken(await says('Me again', noon + 24 * hour + 1))
    expect(back.started).toBe(true)
    expect(back.conversation.id).not.toBe(conversation.id)
  })

  it('C2 the latest of several conversations takes the message', async () => {
    const { says, closes } = scene(history())
    const { conversation: old } = taken(await says('Hello'))
    await closes(old.id, noon)
    const { conversation: latest } = taken(await says('Me again', noon + 30 * hour))
    expect(taken(await says('And', noon + 31 * hour)).conversation.id).toBe(latest.id)
    expect(
      (await history().conversations.ofVisitor(old.visitorId, 9)).map((one) => one.conversation.id),
    ).toEqual([latest.id, old.id])
  })

  it('C2 conversations of another site are not continued', async () => {
    const { says, visitorId, visitor } = scene(history())
    const { conversation } = taken(await says('Hello'))
    const elsewhere = taken(
      await history().conversations.append({
        target: { kind: 'current', siteId: scene(history()).siteId, visitorId, newId: newConversationId() },
        command: { type: 'message', author: visitor, clientId: newClientId(), text: 'Hi', note: false },
        at: noon,
      }),
    )
    expect(elsewhere.conversation.id).not.toBe(conversation.id)
  })

  it('C4 the first agent to answer owns it, whoever answers at once', async () => {
    const { says, answers, does } = scene(history())
    const { conversation } = taken(await says('Hello'))
    const { sara: omid } = scene(history())
    const late = {
      type: 'message',
      author: omid,
      clientId: newClientId(),
      text: 'Hi',
      note: false,
    } as const
    const [first] = await Promise.all([answers(conversation.id, 'Hi'), does(conversation.id, late)])
    const stored = await history().conversations.find(conversation.id)
    expect(stored?.conversation.assigneeId).toBe(taken(first).conversation.assigneeId)
  })

  it('C5 closing twice at once adds one entry', async () => {
    const { says, closes, entries } = scene(history())
    const { conversation } = taken(await says('Hello'))
    const answers = await Promise.all([closes(conversation.id), closes(conversation.id)])
    expect(answers.map((answer) => taken(answer).entries.length)).toEqual([1, 0])
    expect(kinds(await entries(conversation.id))).toEqual(['message', 'closed'])
  })

  it('C6 the rating asked for is stored with the close', async () => {
    const { says, answers, does, sara } = scene(history())
    const { conversation } = taken(await says('Hello'))
    await answers(conversation.id, 'Hi')
    await says('Thanks')
    const close = (surveyLocked: boolean) =>
      does(conversation.id, { type: 'close', by: sara, reason: 'agent', surveyLocked })
    expect(taken(await close(false)).conversation.survey.state).toBe('due')
  })

  it('C7 a rating can be skipped, given and changed', async () => {
    const { says, answers, closes, does } = scene(history())
    const { conversation } = taken(await says('Hello'))
    await answers(conversation.id, 'Hi')
    await says('Thanks')
    await closes(conversation.id)
    await does(conversation.id, { type: 'skipSurvey' })
    await does(conversation.id, { type: 'rate', rating: 2, comment: '' }, noon + 1)
    const changed = await does(conversation.id, { type: 'rate', rating: 5, comment: 'better' }, noon + 2)
    expect(taken(changed).conversation.survey).toMatchObject({ state: 'answered', rating: 5 })
    const late = await does(conversation.id, { type: 'rate', rating: 1, comment: '' }, noon + 25 * hour)
    expect(late).toMatchObject({ ok: false, error: { code: 'conflict' } })
  })

  it('C11 the answer to an invitation stores the invitation before it', async () => {
    const { visitor, visitorId, siteId } = scene(history())
    const inviteId = 'i_00000000000000000000000000'
    const append = {
      target: { kind: 'current', siteId, visitorId, newId: newConversationId() },
      command: {
        type: 'message',
        author: visitor,
        clientId: newClientId(),
        text: 'Yes please',
        note: false,
        invitation: { ruleId: null, inviteId, text: 'Need a hand?', author: { kind: 'system' } },
      },
      at: noon,
    }
    const { entries } = taken(await history().conversations.append(JSON.parse(JSON.stringify(append))))
    expect(entries).toMatchObject([
      { seq: 1, auto: true, text: 'Need a hand?', invitation: { inviteId } },
      { seq: 2, auto: false, text: 'Yes please' },
    ])
  })

  it('C9 receipts only move forward, on each side by itself', async () => {
    const { says } = scene(history())
    const { conversation } = taken(await says('0'))
    for (const text of ['1', '2']) await says(text)
    const receive = (side: 'visitor' | 'agents', delivered: number, seen: number) =>
      history().conversations.receive(conversation.id, side, { delivered, seen })
    expect(await receive('agents', 3, 2)).toMatchObject({ agents: { delivered: 3, seen: 2 } })
    expect(await receive('agents', 1, 1)).toMatchObject({ agents: { delivered: 3, seen: 2 } })
    expect(await receive('visitor', 0, 1)).toEqual({
      agents: { delivered: 3, seen: 2 },
      visitor: { delivered: 1, seen: 1 },
    })
  })

  it('C9 a receipt reaches no further than the last entry', async () => {
    const { says } = scene(history())
    const { conversation } = taken(await says('Hello'))
    await history().conversations.receive(conversation.id, 'agents', { delivered: 99, seen: 99 })
    await says('Are you there?')
    expect(await history().conversations.find(conversation.id)).toMatchObject({
      unread: 1,
      receipts: { agents: { seen: 1 } },
    })
  })

  it('C9 a receipt for a missing conversation answers null', async () => {
    const receipt = { delivered: 1, seen: 1 }
    expect(await history().conversations.receive(newConversationId(), 'agents', receipt)).toBeNull()
  })
})
