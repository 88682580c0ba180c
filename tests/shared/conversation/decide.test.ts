import { describe, expect, it } from 'vitest'
import { takesMessage } from '../../../shared/conversation/decide.ts'
import { times } from '../../../shared/limits.ts'
import { clientId, hour, inviteId, minute, omid, ruleId, Story, sara, visitor } from '../story.ts'

const kinds = (story: Story): string[] => story.entries.map((entry) => entry.kind)
/** Answered and twice written by the visitor: a rating may be asked for. */
const answered = (): Story =>
  new Story()
    .visitor(0)
    .agent(minute)
    .visitor(2 * minute)

describe('a message', () => {
  it('C4 makes the first agent to answer the owner, and leaves it with them', () => {
    const story = new Story()
      .visitor(0)
      .agent(minute, sara)
      .agent(2 * minute, omid)
    expect(kinds(story)).toEqual(['message', 'assigned', 'message', 'message'])
    expect(story.conversation.assigneeId).toBe(sara.id)
  })

  it('C4 gives a conversation to nobody for a note', () => {
    expect(new Story().visitor(0).note(minute).conversation.assigneeId).toBeNull()
  })

  it('C3 reopens what was closed less than a day ago, as the next episode', () => {
    const story = answered()
      .close(3 * minute)
      .visitor(3 * minute + times.reopenWithin)
    expect(kinds(story).slice(-2)).toEqual(['reopened', 'message'])
    expect(story.conversation).toMatchObject({
      status: 'open',
      episode: 2,
      visitorMessages: 1,
      humanReplies: 0,
    })
  })

  it('C3 is refused once the day is over, so that a new conversation begins', () => {
    const story = answered().close(3 * minute)
    const late = 3 * minute + times.reopenWithin + 1
    expect(takesMessage(story.conversation, late)).toBe(false)
    const command = {
      type: 'message',
      author: visitor,
      clientId: clientId(99),
      text: 'Hello',
      note: false,
    } as const
    expect(story.run(command, late)).toMatchObject({ ok: false, error: { code: 'conflict' } })
    expect(story.conversation.status).toBe('closed')
  })

  it('C2 belongs to the conversation while that takes messages', () => {
    const story = answered()
    expect(takesMessage(story.conversation, 400 * hour)).toBe(true)
    expect(takesMessage(story.close(3 * minute).conversation, 4 * minute)).toBe(true)
  })

  it('keeps a closed conversation closed for a note', () => {
    expect(
      answered()
        .close(3 * minute)
        .note(4 * minute).conversation.status,
    ).toBe('closed')
  })

  it('C11 stores the invitation it answers before it, as an automatic message', () => {
    const story = new Story()
    const invitation = { ruleId, inviteId, text: 'May I help?', author: sara }
    story.run(
      { type: 'message', author: visitor, clientId: clientId(1), text: 'Yes', note: false, invitation },
      5,
    )
    expect(story.entries).toMatchObject([
      {
        seq: 1,
        kind: 'message',
        auto: true,
        clientId: null,
        text: 'May I help?',
        invitation: { ruleId, inviteId },
      },
      { seq: 2, kind: 'message', auto: false, text: 'Yes' },
    ])
    expect(story.conversation).toMatchObject({ waitingSince: 5, assigneeId: null, humanReplies: 0 })
  })
})

describe('what a visitor was told', () => {
  const says = (story: Story, number: number, at: number) =>
    story.run(
      {
        ...{ type: 'message', author: visitor, note: false },
        clientId: clientId(number),
        text: 'Hello',
        promised: 4 * minute,
      },
      at,
    )
  const kept = (story: Story) =>
    story.entries.flatMap((entry) => (entry.kind === 'message' ? [entry.promised ?? null] : []))

  it('K18 is kept with the message that opens an episode, and with no other', () => {
    const story = new Story()
    says(story, 1, 0)
    says(story, 2, 1)
    story.agent(minute).close(hour)
    says(story, 3, 2 * hour)
    says(story, 4, 2 * hour + 1)
    expect(kept(story)).toEqual([4 * minute, null, null, 4 * minute, null])
  })

  it('K18 is left out where nothing was told, and never said of an agent', () => {
    const story = new Story().visitor(0)
    story.run(
      {
        ...{ type: 'message', author: sara, note: false },
        clientId: clientId(9),
        text: 'Hello',
        promised: minute,
      },
      1,
    )
    expect(kept(story)).toEqual([null, null])
  })
})

describe('a close', () => {
  it('C5 adds one entry, however often it is asked for', () => {
    const story = answered()
      .close(3 * minute)
      .close(4 * minute)
    expect(kinds(story).filter((kind) => kind === 'closed')).toHaveLength(1)
    expect(story.conversation.closedAt).toBe(3 * minute)
  })

  it('C6 asks for a rating after a human reply and two visitor messages', () => {
    expect(answered().close(3 * minute).conversation.survey).toEqual({ state: 'due' })
  })

  it.each([
    ['one visitor message', () => new Story().visitor(0).agent(minute).close(hour)],
    ['no reply', () => new Story().visitor(0).visitor(1).close(hour)],
    ['a note for a reply', () => new Story().visitor(0).note(1).visitor(2).close(hour)],
    ['a rating asked for elsewhere today', () => answered().close(hour, true)],
  ])('C6 asks for none after %s', (_, tell) => {
    expect(tell().conversation.survey).toEqual({ state: 'none' })
  })

  it('C6 counts anew in each episode', () => {
    const story = answered()
      .close(hour)
      .visitor(2 * hour)
      .agent(3 * hour)
      .close(4 * hour)
    expect(story.conversation.survey).toEqual({ state: 'none' })
  })
})

describe('a rating', () => {
  it('C7 can be skipped, and given after all', () => {
    const story = answered().close(hour)
    story.run({ type: 'skipSurvey' }, hour + 1)
    expect(story.conversation.survey).toEqual({ state: 'skipped' })
    story.run({ type: 'skipSurvey' }, hour + 2)
    expect(kinds(story).filter((kind) => kind === 'surveySkipped')).toHaveLength(1)
    expect(story.rate(2 * hour, 5).conversation.survey).toMatchObject({ state: 'answered', rating: 5 })
  })

  it('C7 can be changed within a day', () => {
    const story = answered().close(hour).rate(hour, 2, 'Slow')
    story.rate(hour + times.ratingChangeable, 4, 'Made up for it')
    expect(story.conversation.survey).toMatchObject({ rating: 4, comment: 'Made up for it' })
  })

  it('C7 stays as it is afterwards, and the same one again changes nothing', () => {
    const story = answered().close(hour).rate(hour, 2, 'Slow')
    const late = hour + times.ratingChangeable + 1
    expect(story.run({ type: 'rate', rating: 5, comment: '' }, late)).toMatchObject({ ok: false })
    expect(story.run({ type: 'rate', rating: 2, comment: 'Slow' }, late)).toEqual({ ok: true, value: [] })
  })

  it('credits the one who replied last', () => {
    const story = answered()
      .agent(3 * minute, omid)
      .close(hour)
      .rate(2 * hour, 5)
    expect(story.entries.at(-1)).toMatchObject({ kind: 'rated', credited: omid.id })
  })

  it.each(['rate', 'skipSurvey'] as const)('refuses %s where none is asked for', (type) => {
    const command = type === 'rate' ? ({ type, rating: 5, comment: '' } as const) : { type }
    expect(new Story().visitor(0).run(command, 1)).toMatchObject({ ok: false, error: { code: 'conflict' } })
  })

  it('is shown once, and only when it is due', () => {
    const story = answered()
    expect(story.run({ type: 'showSurvey' }, hour)).toEqual({ ok: true, value: [] })
    story.close(hour).run({ type: 'showSurvey' }, hour)
    story.run({ type: 'showSurvey' }, 2 * hour)
    expect(kinds(story).filter((kind) => kind === 'surveyShown')).toHaveLength(1)
  })
})

describe('an assignment', () => {
  it('adds an entry only when the owner changes', () => {
    const story = new Story()
      .visitor(0)
      .assign(1, sara)
      .assign(2, sara)
      .assign(3, omid)
      .assign(4, null)
      .assign(5, null)
    expect(kinds(story)).toEqual(['message', 'assigned', 'assigned', 'unassigned'])
  })

  it('adds nothing when asked to reopen what is open', () => {
    expect(new Story().visitor(0).run({ type: 'reopen', by: sara }, 1)).toEqual({ ok: true, value: [] })
  })
})
