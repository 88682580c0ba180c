import { describe, expect, it } from 'vitest'
import type { Priority } from '../../../shared/aims.ts'
import { conversationForVisitor } from '../../../shared/conversation/conversation.ts'
import { forVisitor } from '../../../shared/conversation/entry.ts'
import { waitsOf } from '../../../shared/conversation/waits.ts'
import { duesOf, leftOf, riskOf, soonestRisk, type TargetHouse } from '../../../shared/dues.ts'
import { hour, minute, Story, sara, siteId } from '../story.ts'

const urgent = (story: Story, at: number, priority: Priority = 'urgent') => {
  story.run({ type: 'prioritise', priority, by: sara }, at)
  return story
}
const late = (story: Story, at: number, since = 0) =>
  story.run({ type: 'overdue', aim: 'firstResponse', since, dueAt: 5 * minute }, at)

describe('what is waited for in a conversation', () => {
  it('K24 is its close and the first answer, then each further one', () => {
    const story = new Story().visitor(0).visitor(minute)
    expect(waitsOf(story.conversation)).toEqual({ resolution: 0, firstResponse: 0 })
    expect(waitsOf(story.agent(2 * minute).conversation)).toEqual({ resolution: 0 })
    expect(waitsOf(story.visitor(3 * minute).conversation)).toEqual({ resolution: 0, response: 3 * minute })
    expect(waitsOf(story.close(4 * minute).conversation)).toEqual({})
    expect(waitsOf(story.visitor(hour).conversation)).toEqual({ resolution: hour, firstResponse: hour })
  })

  it('K25 is no answer while the visitor is not there', () => {
    const story = new Story().visitor(0)
    story.run({ type: 'leave' }, minute)
    expect(waitsOf(story.conversation)).toEqual({ resolution: 0 })
    story.run({ type: 'return' }, 2 * minute)
    expect(waitsOf(story.conversation)).toEqual({ resolution: 0, firstResponse: 0 })
  })
})

describe('what is due', () => {
  const house: TargetHouse = {
    sites: [],
    teams: [{ id: 'Sales', name: 'Sales', agents: [sara.id], calendar: 'Office' }],
    calendars: [
      {
        ...{ id: 'Office', name: 'Office', timeZone: 'UTC' },
        weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '01:00', to: '02:00' }],
      },
      { id: 'Other', name: 'Other', timeZone: 'UTC', weekly: [] },
    ],
    targets: [
      { team: 'Sales', firstResponse: 10 * minute },
      { priority: 'urgent', resolution: hour },
    ],
  }

  it('K25 follows from who has the conversation, their hours, and how much it presses', () => {
    const story = new Story().visitor(0)
    const dues = () =>
      duesOf(house, story.conversation).map(({ aim, within, dueAt }) => ({ aim, within, dueAt }))
    expect(dues()).toEqual([{ aim: 'firstResponse', within: 5 * minute, dueAt: 5 * minute }])
    story.assign(1, sara)
    expect(dues()).toEqual([{ aim: 'firstResponse', within: 10 * minute, dueAt: hour + 10 * minute }])
    urgent(story, 2)
    expect(dues().at(1)).toEqual({ aim: 'resolution', within: hour, dueAt: 2 * hour })
  })

  it('K26 counts down within the hours, and beyond', () => {
    const [due] = duesOf(house, new Story().visitor(0).assign(1, sara).conversation)
    const left = (now: number) => due && leftOf(due, now)
    expect([left(0), left(hour), left(hour + minute)]).toEqual([10 * minute, 10 * minute, 9 * minute])
    expect(left(hour + 12 * minute)).toBe(-2 * minute)
  })

  it('K27 is in an order that does not change as time passes, with what is never due last', () => {
    const risk = (id: string, dueAt: number | null, waitingSince: number | null = null) => ({
      ...{ id, dueAt, waitingSince },
    })
    const order = [risk('b', 1), risk('d', 2, 1), risk('a', 2, 2), risk('c', 2, 2), risk('e', null)]
    expect([...order].reverse().sort(soonestRisk)).toEqual(order)
    const { conversation } = new Story().visitor(7)
    expect(riskOf(conversation, duesOf({ sites: [] }, conversation))).toEqual({
      ...{ id: conversation.id, waitingSince: 7, dueAt: 7 + 5 * minute },
    })
  })
})

describe('what agents see of a conversation', () => {
  it('M95 a priority stands in the record when it changes, and comes normal', () => {
    const story = urgent(new Story().visitor(0), 1, 'normal')
    urgent(urgent(story, 2), 3)
    expect(story.entries.map(({ kind }) => kind)).toEqual(['message', 'prioritised'])
    expect(story.conversation.priority).toBe('urgent')
  })

  it('K28 what is late is noted once a wait, and only while it is waited for', () => {
    const story = new Story().visitor(0)
    expect(late(story, minute, 17)).toEqual({ ok: true, value: [] })
    expect(late(story, 5 * minute)).toMatchObject({ value: [{ kind: 'overdue', since: 0 }] })
    expect(late(story, 6 * minute)).toEqual({ ok: true, value: [] })
    const answered = new Story().visitor(0).agent(1)
    expect(late(answered, 5 * minute)).toEqual({ ok: true, value: [] })
  })

  it('M95 none of it is the visitor’s to see: theirs adds up to the same without it', () => {
    const story = urgent(new Story().visitor(0), 1)
    late(story, 5 * minute)
    const shown = story.entries.map(forVisitor)
    expect(shown.map(({ kind }) => kind)).toEqual(['message', 'hidden', 'hidden'])
    const { priority, overdue, ...theirs } = story.conversation
    expect([priority, overdue]).toEqual(['urgent', { firstResponse: 0 }])
    expect(conversationForVisitor(story.conversation)).toEqual(theirs)
    expect(theirs.siteId).toBe(siteId)
  })
})
