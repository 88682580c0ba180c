// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { expect, it } from 'vitest'
import type { Query } from '../../agent-console/connection/api.ts'
import { InboxList } from '../../agent-console/inbox/inbox-list.tsx'
import { tagCalled } from '../../agent-console/ui/labels.ts'
import { en } from '../../agent-console/ui/texts/en.ts'
import { success } from '../../shared/result.ts'
import { noReceipts } from '../../shared/timeline.ts'
import { minute, Story, sara } from '../shared/story.ts'
import { newConversationId } from '../support/history-cast.ts'
import { openStage } from './support/stage.tsx'

const rowOf = (text: string, tags: string[]) => {
  const story = new Story().visitor(minute, text)
  if (tags.length > 0) story.run({ type: 'tag', tags, by: sara }, 2 * minute)
  const conversation = { ...story.conversation, id: newConversationId() }
  return { conversation, visitorName: text, receipts: noReceipts, unread: 0 }
}
const shown = () => [...document.querySelectorAll('.inbox-item-name')].map((one) => one.textContent)

it('R27 the inbox can be of one label, which is asked for beyond what is live, and taken off again', async () => {
  const asked: Query[] = []
  const get = async (path: string, query: Query = {}) => {
    if (path === '/conversations') asked.push(query)
    const { conversation, ...rest } = rowOf('Nika', ['complaint'])
    return success({ items: [{ ...conversation, ...rest }], nextCursor: null } as never)
  }
  const inbox = [rowOf('Mina', ['complaint', 'order']), rowOf('Omar', ['order'])]
  const { draw } = await openStage({ inbox }, { get })
  await draw(<InboxList opened={null} />)
  const field = document.querySelector<HTMLInputElement>(`[aria-label="${en.filterByLabel}"]`)
  const write = (text: string) =>
    act(async () => {
      if (field) field.value = text
      field?.dispatchEvent(new Event('input', { bubbles: true }))
      field?.dispatchEvent(new Event('change', { bubbles: true }))
    })
  expect(shown()).toHaveLength(2)
  await write('شکایت')
  await expect.poll(shown).toEqual(expect.arrayContaining(['Mina', 'Nika']))
  expect(shown()).not.toContain('Omar')
  expect(asked).toEqual([expect.objectContaining({ tag: 'complaint', status: 'open', cursor: null })])
  await write('nobody has it')
  await expect.poll(() => document.querySelector('.empty')?.textContent).toContain(en.inboxEmptyLabelledTitle)
  await write('')
  await expect.poll(shown).toHaveLength(4)
})

it('R27 a usual label is the same in every language, in whatever letters', () => {
  expect(['Complaint', 'شكوى', 'شكايت', 'VIP'].map(tagCalled)).toEqual([
    ...['complaint', 'complaint', 'complaint', 'VIP'],
  ])
})
