import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { failure } from '../../../shared/result.ts'
import type { SiteSurveys } from '../../../shared/survey-words.ts'
import { attend, type SocketAgent } from '../../support/agent.ts'
import { endedChat, siteAsks, talk as talkWith } from '../../support/chats.ts'
import { textAt } from '../../support/client.ts'
import { type HandClock, handClock } from '../../support/clock.ts'
import { aToken } from '../../support/random.ts'
import { type SocketVisitor, visit } from '../../support/visitor.ts'
import { noHurry, openWorld, type World } from '../../support/world.ts'

describe('what visitors are asked', () => {
  let world: World
  let sara: SocketAgent
  let clock: HandClock
  beforeAll(async () => {
    clock = handClock()
    world = await openWorld({ clock, live: { rateLimits: noHurry } })
    sara = await attend(world)
  })
  afterAll(() => world.close())

  const asks = (asks: SiteSurveys['asks'], questions?: SiteSurveys['questions']): Promise<void> =>
    siteAsks(world, sara.client, { asks, ...(questions ? { questions } : {}) })

  const comes = (more: Parameters<typeof visit>[1] = {}) => visit(world, { token: aToken(), ...more })

  const talk = (visitor: SocketVisitor) => talkWith(visitor, sara)
  const chat = (visitor: SocketVisitor) => endedChat(visitor, sara)

  /** Of who had gone when their chat was closed: asked at the next visit. */
  async function asksAtReturn() {
    await asks(['csat'])
    const token = aToken()
    const amir = await comes({ token })
    const conversationId = await talk(amir)
    amir.wire.close()
    clock.advance(60_000)
    await sara.wire.get('conversation:close', { conversationId })
    clock.advance(60 * 60_000)
    const back = await comes({ token })
    return { token, conversationId, back, inviteId: back.snapshot.invitation?.inviteId ?? '' }
  }

  const row = (id: string) => sara.client.get(`/api/v1/conversations/${id}`)

  it('R1 R2 are the questions of their site, in its words, one after another', async () => {
    await asks(['csat', 'nps', 'goal'], { goal: { en: 'Did it work out?' } })
    const amir = await comes()
    const conversationId = await chat(amir)
    const rating = await amir.wire.get('survey:show', { conversationId })
    expect(rating.words).toMatchObject({ question: 'How was this chat?', comment: 'Comment (optional)' })
    await amir.wire.get('survey:answer', { conversationId, rating: 5, comment: '' })
    const goal = await amir.wire.get('survey:show', { conversationId, about: 'goal' })
    expect(goal.words).toMatchObject({ question: 'Did it work out?', words: ['No', 'Partly', 'Yes'] })
    await amir.wire.get('survey:reply', { conversationId, about: 'goal', score: 2 })
    const done = await amir.wire.get('survey:skip', { conversationId, about: 'nps' })
    expect(done.conversation.asks).toMatchObject({ goal: { score: 2 }, nps: { state: 'skipped' } })
  })

  it('R4 take a double click, a lost answer and a second tab for one rating', async () => {
    await asks(['csat'])
    const amir = await comes()
    const conversationId = await chat(amir)
    const rate = () => amir.wire.get('survey:answer', { conversationId, rating: 4, comment: 'Fine' })
    await Promise.all([rate(), rate()])
    await rate()
    const { json } = await sara.client.get(`/api/v1/conversations/${conversationId}/entries`)
    expect(JSON.stringify(json).match(/"rated"/g)).toHaveLength(1)
  })

  it('R4 refuse what is no answer, or another’s to give, and say why', async () => {
    await asks(['csat', 'ces'])
    const amir = await comes()
    const conversationId = await chat(amir)
    const stranger = await comes()
    await stranger.says('Hello')
    const ask = (who: SocketVisitor, name: 'survey:answer' | 'survey:reply', more: object) =>
      who.wire.ask(name, { conversationId, ...more })
    const refusals = [
      await ask(amir, 'survey:answer', { rating: 6, comment: '' }),
      await ask(amir, 'survey:answer', { rating: 4.5, comment: '' }),
      await ask(amir, 'survey:reply', { about: 'ces', score: 0 }),
      await ask(amir, 'survey:reply', { about: 'nps', score: 9 }),
      await ask(stranger, 'survey:answer', { rating: 1, comment: '' }),
    ]
    const codes = refusals.map((one) => (one.ok ? 'ok' : one.error.code))
    expect(codes).toEqual(['invalid', 'invalid', 'invalid', 'conflict', 'not_found'])
    expect((await row(conversationId)).json).toMatchObject({ survey: { state: 'due' } })
  })

  it('R5 keep the team as it was when it was asked for', async () => {
    await asks(['csat'])
    const { snapshot, client } = sara
    const made = await client.send('POST', '/api/v1/teams', { name: 'Sales', agents: [snapshot.me.id] })
    const amir = await comes()
    const conversationId = await chat(amir)
    await client.send('PUT', `/api/v1/teams/${textAt(made, 'id')}`, { name: 'Sales', agents: [] })
    await amir.wire.get('survey:answer', { conversationId, rating: 5, comment: '' })
    const entries = await client.get(`/api/v1/conversations/${conversationId}/entries`)
    expect(entries.json).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ kind: 'rated', team: textAt(made, 'id') })]),
    })
  })

  it('R6 wait for who was gone, and are asked at the next visit', async () => {
    const { token, conversationId, back, inviteId } = await asksAtReturn()
    const { invitation } = back.snapshot
    expect(invitation).toMatchObject({
      text: 'How was your last chat with us?',
      action: { kind: 'survey', scale: 'faces' },
    })
    await back.wire.get('invite:seen', { inviteId })
    expect((await row(conversationId)).json).toMatchObject({ survey: { state: 'shown' } })
    await back.wire.get('invite:rate', { inviteId, score: 2 })
    expect((await row(conversationId)).json).toMatchObject({ survey: { state: 'answered', rating: 2 } })
    back.wire.close()
    clock.advance(60 * 60_000)
    expect((await comes({ token })).snapshot.invitation).toBeNull()
  })

  it('R30 asked outside of the chat stay asked where the answer could not be stored, and say so', async () => {
    const { conversationId, back, inviteId } = await asksAtReturn()
    const rate = (score: number) => back.wire.ask('invite:rate', { inviteId, score })
    expect(await rate(9)).toMatchObject({ error: { code: 'invalid', path: 'score' } })
    const { append } = world.history.conversations
    world.history.conversations.append = async () => failure('unavailable', 'The disk is full.')
    expect(await rate(1)).toMatchObject({ error: { code: 'unavailable' } })
    world.history.conversations.append = append
    expect((await row(conversationId)).json).toMatchObject({ survey: { state: 'due' } })
    expect(await rate(1)).toMatchObject({ ok: true })
    expect((await row(conversationId)).json).toMatchObject({ survey: { state: 'answered', rating: 1 } })
  })

  it('R30 asked outside of the chat are gone where no answer is taken any more', async () => {
    const { conversationId, back, inviteId } = await asksAtReturn()
    await sara.wire.get('conversation:reopen', { conversationId })
    const withdrawn = back.wire.heard('invite:withdrawn')
    expect(await back.wire.ask('invite:rate', { inviteId, score: 5 })).toMatchObject({ ok: false })
    expect(await withdrawn).toEqual({ inviteId })
  })

  it('R6 asked outside of the chat are gone once they were skipped within it', async () => {
    const { conversationId, back } = await asksAtReturn()
    expect(back.snapshot.invitation).not.toBeNull()
    await back.wire.get('survey:skip', { conversationId })
    await back.wire.heard('invite:withdrawn', () => true)
  })

  it('R7 are asked once more by an agent, over the socket or by REST, and the visitor hears of it', async () => {
    await asks(['csat'])
    const amir = await comes()
    const conversationId = await chat(amir)
    await amir.wire.get('survey:skip', { conversationId })
    const asked = await sara.client.send('POST', `/api/v1/conversations/${conversationId}/ask-again`)
    expect(asked.json).toMatchObject({ conversation: { survey: { state: 'due' } } })
    await amir.wire.heard('entries:added', ({ entries }) =>
      entries.some(({ kind }) => kind === 'surveyAsked'),
    )
    expect(await sara.wire.ask('survey:ask', { conversationId })).toMatchObject({
      error: { code: 'conflict' },
    })
  })

  it('R8 are left out for a reason, which no visitor hears of', async () => {
    await asks(['csat'])
    const amir = await comes()
    const conversationId = await talk(amir)
    const close = (body: object) =>
      sara.client.send('POST', `/api/v1/conversations/${conversationId}/close`, body)
    expect((await close({ unasked: ' ' })).status).toBe(400)
    expect((await close({ unasked: 'Abusive words' })).status).toBe(200)
    const heard = await amir.wire.heard('entries:added', ({ entries }) =>
      entries.some(({ kind }) => kind === 'closed'),
    )
    const { conversations } = (await comes({ token: amir.token ?? aToken() })).snapshot
    expect(conversations[0]?.conversation.survey.state).toBe('none')
    expect(JSON.stringify([heard, conversations])).not.toContain('Abusive')
  })

  it('R9 take nothing from a browser in which an agent is signed in, until they sign out', async () => {
    await asks(['csat'])
    const client = await world.signInAs('viewer')
    const own = await comes({ wire: { extraHeaders: { cookie: client.cookie, origin: world.url } } })
    const conversationId = await chat(own)
    const rate = () => own.wire.ask('survey:answer', { conversationId, rating: 5, comment: 'Me' })
    expect(await rate()).toMatchObject({ error: { code: 'forbidden' } })
    expect((await row(conversationId)).json).toMatchObject({ survey: { state: 'due' } })
    await client.send('DELETE', '/api/v1/session')
    expect(await rate()).toMatchObject({ ok: true })
  })
})
