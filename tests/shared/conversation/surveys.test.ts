import { describe, expect, it } from 'vitest'
import { conversationForVisitor } from '../../../shared/conversation/conversation.ts'
import type { SurveyKind } from '../../../shared/conversation/entry.ts'
import { forVisitor } from '../../../shared/conversation/entry.ts'
import { times } from '../../../shared/limits.ts'
import { foldTurns } from '../../../shared/metrics/turns.ts'
import { openAsks, standing } from '../../../shared/survey.ts'
import { surveyWords } from '../../../shared/survey-words.ts'
import { agentId, conversationId, hour, minute, omid, Story, sara, siteId } from '../story.ts'

const everything: SurveyKind[] = ['csat', 'ces', 'goal', 'emotion', 'nps']
const credited = { agentId: agentId(sara), team: 'sales' }

/** Closed, and everything is asked. */
function asked(asks: readonly SurveyKind[] = everything): Story {
  const story = new Story()
    .visitor(0)
    .agent(minute)
    .visitor(2 * minute)
  const close = { type: 'close', by: sara, reason: 'agent', surveyLocked: false } as const
  story.run({ ...close, asks, credited }, hour)
  return story
}

const code = (result: { ok: boolean; error?: { code: string } }) => (result.ok ? 'ok' : result.error?.code)

describe('what is asked after a chat', () => {
  it('R2 is asked in one order, whatever was answered or skipped before', () => {
    const story = asked(['nps', 'ces', 'csat'])
    expect(openAsks(story.conversation)).toEqual(['csat', 'ces', 'nps'])
    story.rate(hour + 1, 4).run({ type: 'skipSurvey', about: 'ces' }, hour + 2)
    expect(openAsks(story.conversation)).toEqual(['nps'])
    expect(standing(story.conversation, 'ces')).toBe('skipped')
    expect(standing(story.conversation, 'emotion')).toBeUndefined()
  })

  it('R2 stands in the record as never shown, shown, skipped or answered', () => {
    const story = asked()
    story.run({ type: 'showSurvey', about: 'goal' }, hour + 1)
    story.run({ type: 'showSurvey', about: 'goal' }, hour + 2)
    story.run({ type: 'skipSurvey', about: 'emotion' }, hour + 3)
    story.run({ type: 'answer', about: 'nps', score: 9 }, hour + 4)
    const { conversation, entries } = story
    const { episodes } = foldTurns({ id: conversationId, siteId }, entries, 2 * hour)
    expect(entries.filter(({ kind }) => kind === 'survey')).toHaveLength(3)
    expect(episodes[0]?.asks).toMatchObject({
      csat: { state: 'due' },
      others: {
        ces: { state: 'due' },
        goal: { state: 'shown' },
        emotion: { state: 'skipped' },
        nps: { state: 'answered', score: 9 },
      },
    })
    expect(conversation.asks?.emotion).not.toHaveProperty('answer')
  })

  it.each([
    ['off its scale', 'ces', 8, 'invalid'],
    ['below its scale', 'goal', 0, 'invalid'],
    ['not asked', 'emotion', 3, 'conflict'],
  ] as const)('R4 is not taken when it is %s', (_, about, answer, refused) => {
    const story = asked(['csat', 'ces', 'goal'])
    expect(code(story.run({ type: 'answer', about, score: answer }, 2 * hour))).toBe(refused)
    expect(standing(story.conversation, about)).not.toBe('answered')
  })

  it('R4 is one answer, however often it is sent, and another takes its place within a day of the first', () => {
    const story = asked()
    const say = (answer: number, at: number) => story.run({ type: 'answer', about: 'nps', score: answer }, at)
    say(3, 2 * hour)
    expect(say(3, 3 * hour)).toEqual({ ok: true, value: [] })
    say(5, 20 * hour)
    expect(code(say(6, 2 * hour + times.ratingChangeable + 1))).toBe('conflict')
    expect(story.conversation.asks?.nps).toMatchObject({ score: 5, firstAt: 2 * hour })
  })

  it('R4 counts the day of a rating from its first, however often it is changed', () => {
    const story = asked()
      .rate(2 * hour, 3)
      .rate(20 * hour, 4)
    const late = story.run({ type: 'rate', rating: 5, comment: '' }, 2 * hour + times.ratingChangeable + 1)
    expect(code(late)).toBe('conflict')
  })

  it('R4 is not taken a month later, nor after the chat went on', () => {
    const story = asked()
    const rate = { type: 'rate', rating: 5, comment: '' } as const
    expect(code(story.run(rate, hour + times.surveyOpen + 1))).toBe('conflict')
    story.visitor(2 * hour)
    expect(code(story.run(rate, 3 * hour))).toBe('conflict')
    expect(code(story.run({ type: 'answer', about: 'nps', score: 9 }, 3 * hour))).toBe('conflict')
  })

  it('R5 credits who replied last, and their team as it was then', () => {
    const story = asked().rate(2 * hour, 5)
    story.run({ type: 'answer', about: 'ces', score: 7 }, 2 * hour)
    expect(story.entries.slice(-2)).toMatchObject([
      { kind: 'rated', credited: agentId(sara), team: 'sales' },
      { kind: 'survey', about: 'ces', credited },
    ])
  })

  it('R5 names no team where somebody else was quicker to reply', () => {
    const story = new Story().visitor(0).agent(1).visitor(2).agent(3, omid)
    const close = { type: 'close', by: sara, reason: 'agent', surveyLocked: false } as const
    story.run({ ...close, credited }, hour)
    expect(story.entries.at(-1)).toMatchObject({ credited: { agentId: agentId(omid), team: null } })
  })
})

describe('asking again', () => {
  const again = { type: 'askAgain', by: sara, asks: everything, credited } as const

  it('R7 is done once, and asks what was not answered', () => {
    const story = asked()
    story.run({ type: 'skipSurvey' }, hour + 1)
    story.run({ type: 'answer', about: 'goal', score: 3 }, hour + 2)
    expect(code(story.run(again, 2 * hour))).toBe('ok')
    expect(openAsks(story.conversation)).toEqual(['csat', 'ces', 'emotion', 'nps'])
    expect(code(story.run(again, 3 * hour))).toBe('conflict')
  })

  it('R7 is not done while the chat is open, where nobody had answered, or of who was content', () => {
    const open = new Story().visitor(0).agent(1)
    const unanswered = new Story().visitor(0).close(1)
    const content = asked(['csat']).rate(2 * hour, 4)
    for (const story of [open, unanswered, content])
      expect(code(story.run({ ...again, asks: ['csat'] }, 3 * hour))).toBe('conflict')
  })

  it('R7 keeps a low rating in the report until there is another', () => {
    const story = asked(['csat']).rate(2 * hour, 1)
    story.run({ ...again, asks: ['csat'] }, 3 * hour)
    const rating = () =>
      foldTurns({ id: conversationId, siteId }, story.entries, 4 * hour).episodes[0]?.survey
    story.run({ type: 'showSurvey' }, 3 * hour)
    expect(rating()).toMatchObject({ state: 'answered', rating: 1 })
    story.rate(5 * hour, 4)
    expect(rating()).toMatchObject({ state: 'answered', rating: 4 })
  })
})

describe('closing without asking', () => {
  it('R8 keeps the reason, and tells the visitor nothing of it', () => {
    const story = new Story().visitor(0).agent(1).visitor(2)
    const close = { type: 'close', by: sara, reason: 'agent', surveyLocked: false } as const
    story.run({ ...close, unasked: 'A wrong number' }, hour)
    const [closed] = story.entries.slice(-1)
    expect(closed).toMatchObject({ kind: 'closed', survey: false, unasked: 'A wrong number' })
    expect(JSON.stringify(closed && forVisitor(closed))).not.toContain('wrong number')
    expect(JSON.stringify(conversationForVisitor(story.conversation))).not.toContain('wrong number')
  })
})

describe('the words', () => {
  it('R1 are the site’s own where it has any in the language, else the usual ones', () => {
    const surveys = { asks: everything, questions: { ces: { en: 'Was it easy?', fa: ' ' } } }
    expect(surveyWords('ces', 'en', surveys).question).toBe('Was it easy?')
    expect(surveyWords('ces', 'fa', surveys).question).toBe('حل شدن این موضوع برایم آسان بود')
    expect(surveyWords('csat', 'en', surveys).question).toBe('How was this chat?')
  })

  it.each(everything.filter((kind) => kind !== 'csat'))(
    'R12 name each answer of %s, or both ends',
    (kind) => {
      for (const locale of ['en', 'ar', 'fa'] as const) {
        const { words } = surveyWords(kind, locale, { asks: [kind] })
        expect([words[0], words.at(-1)].every(Boolean)).toBe(true)
      }
    },
  )
})
