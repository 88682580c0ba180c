import { describe, expect, it } from 'vitest'
import { limits } from '../../../shared/limits.ts'
import { omid, Story, sara } from '../story.ts'

/** What each says of the labels that stood on their screen. */
const put = (story: Story, by: typeof sara, tags: string[], from?: string[]) =>
  story.run({ type: 'tag', tags, by, ...(from ? { from } : {}) }, 5)

describe('the labels of a conversation', () => {
  it('R28 of two who label at once each keeps what the other has added, and has removed what they removed', () => {
    const story = new Story().visitor(0)
    put(story, sara, ['order', 'late'])
    put(story, sara, ['order', 'late', 'complaint'], ['order', 'late'])
    put(story, omid, ['late', 'gift'], ['order', 'late'])
    expect(story.conversation.tags).toEqual(['late', 'complaint', 'gift'])
    const said = put(story, sara, ['order', 'late', 'gift'], ['order', 'late'])
    expect(said).toEqual({ ok: true, value: [] })
  })

  it('R24 without what stood there they are set as a whole', () => {
    const story = new Story().visitor(0)
    put(story, sara, ['order', 'late'])
    put(story, omid, ['gift'])
    expect(story.conversation.tags).toEqual(['gift'])
  })

  it('R28 do not grow beyond what a conversation may have by being put together', () => {
    const story = new Story().visitor(0)
    const many = Array.from({ length: limits.tagCount }, (_, i) => `label ${i}`)
    put(story, sara, many, [])
    expect(put(story, omid, ['one more'], [])).toMatchObject({ ok: false, error: { code: 'conflict' } })
    expect(story.conversation.tags).toEqual(many)
  })
})
