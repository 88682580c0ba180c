import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEntry, startConversation } from '../../../shared/conversation/conversation.ts'
import { forVisitor } from '../../../shared/conversation/entry.ts'
import { anyStory } from '../any-story.ts'
import { conversationId, minute, omid, Story, sara, siteId, visitorId } from '../story.ts'

const blank = startConversation(conversationId, siteId, visitorId, 0)

describe('a conversation', () => {
  it('C1 is what its entries add up to', () => {
    fc.assert(
      fc.property(anyStory, ({ entries, conversation }) => {
        expect(entries.reduce(applyEntry, blank)).toEqual(conversation)
      }),
    )
  })

  it('C1 does not change by an entry it has already', () => {
    fc.assert(
      fc.property(anyStory, ({ entries, conversation }) => {
        for (const entry of entries) expect(applyEntry(conversation, entry)).toBe(conversation)
      }),
    )
  })

  it('W6 is numbered 1, 2, 3 without gaps', () => {
    fc.assert(
      fc.property(anyStory, ({ entries }) => {
        expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1))
      }),
    )
  })

  it('C8 shows a visitor no note, and keeps its place', () => {
    const { entries } = new Story()
      .visitor(0)
      .note(minute)
      .agent(2 * minute)
    expect(entries.map(forVisitor).map(({ kind, seq }) => `${seq} ${kind}`)).toEqual([
      '1 message',
      '2 hidden',
      '3 assigned',
      '4 message',
    ])
    expect(JSON.stringify(entries.map(forVisitor))).not.toContain('A regular.')
  })

  it('C8 adds up on the visitor’s side to the same open questions', () => {
    fc.assert(
      fc.property(anyStory, ({ entries, conversation }) => {
        expect(entries.map(forVisitor).reduce(applyEntry, blank)).toEqual(conversation)
      }),
    )
  })

  it('waits from the first unanswered message on', () => {
    const story = new Story().visitor(5).visitor(9).note(10)
    expect(story.conversation.waitingSince).toBe(5)
    expect(story.agent(11).conversation.waitingSince).toBeNull()
    expect(story.visitor(12).conversation.waitingSince).toBe(12)
    expect(story.close(13).conversation.waitingSince).toBeNull()
  })

  it('knows the last message and who replied last', () => {
    const { conversation } = new Story().visitor(0).agent(1, sara, 'One').agent(2, omid, 'Two').note(3)
    expect(conversation).toMatchObject({
      lastReplier: omid.id,
      lastMessage: { by: 'agent', text: 'Two', at: 2 },
    })
  })
})
