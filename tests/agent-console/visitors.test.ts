import { describe, expect, it } from 'vitest'
import { rowsOf } from '../../agent-console/inbox/order.ts'
import { followVisitor, recallTrail } from '../../agent-console/state/trail.ts'
import { visitOf } from '../../agent-console/state/whereabouts.ts'
import { hueOf, pathOf, visitorName } from '../../agent-console/ui/person.ts'
import { createWords } from '../../agent-console/ui/words.ts'
import { arrivalOrder, busiestPages } from '../../agent-console/visitors/people.ts'
import { applyInbox, emptyInbox } from '../../shared/inbox.ts'
import { initials } from '../../shared/text/initials.ts'
import { conversationId, minute, Story, visitorId } from '../shared/story.ts'
import { me, otherConversation, rowOf, somebody, visitId } from './support/desk.ts'

const on = (n: number, url: string, at = 1_000) => somebody(n, { page: { url, title: '', at }, startedAt: n })
const roster = (...people: ReturnType<typeof somebody>[]) => new Map(people.map((one) => [one.visitId, one]))

describe('the list of conversations', () => {
  it('C12 has the one waiting longest on top', () => {
    const rows = [3, 1, 2].map((n) => {
      const row = rowOf(new Story().visitor(n * minute))
      return { ...row, conversation: { ...row.conversation, id: otherConversation(n) } }
    })
    const inbox = applyInbox(emptyInbox, { type: 'snapshot', rows })
    expect(rowsOf(inbox, 'open', me.id).map((row) => row.conversation.waitingSince)).toEqual([
      minute,
      2 * minute,
      3 * minute,
    ])
  })

  it('shows under each filter what belongs there', () => {
    const mine = rowOf(new Story().visitor(minute).agent(2 * minute))
    const inbox = applyInbox(emptyInbox, { type: 'snapshot', rows: [mine] })
    const under = (['open', 'mine', 'unassigned', 'closed'] as const).map(
      (filter) => rowsOf(inbox, filter, me.id).length,
    )
    expect(under).toEqual([1, 1, 0, 0])
  })
})

describe('the people on the site', () => {
  it('stand in the order of their arrival, and those who left are not there', () => {
    const people = roster(
      on(1, 'https://a.example/'),
      on(2, 'https://a.example/'),
      somebody(3, { state: 'gone' }),
    )
    expect(arrivalOrder(people).map(({ visitId }) => visitId)).toEqual([visitId(2), visitId(1)])
  })

  it('are counted by page, the chosen page staying though nobody is there', () => {
    const people = roster(
      on(1, 'https://a.example/x?y=1'),
      on(2, 'https://a.example/x'),
      on(3, 'https://a.example/z'),
    )
    expect(busiestPages(people, '/gone')).toEqual([
      { path: '/x', n: 2 },
      { path: '/z', n: 1 },
      { path: '/gone', n: 0 },
    ])
  })

  it('are found by their conversation, else by who they are', () => {
    const people = roster(somebody(1), somebody(2, { visitorId: null, conversationId }))
    expect(visitOf(people, { id: conversationId, visitorId })?.visitId).toBe(visitId(2))
    expect(visitOf(people, { id: otherConversation(9), visitorId })?.visitId).toBe(visitId(1))
  })
})

describe('a trail', () => {
  it('takes a title that settles later as the same page', () => {
    const early = followVisitor(new Map(), on(1, 'https://a.example/x'))
    const settled = somebody(1, { page: { url: 'https://a.example/x', title: 'X', at: 1_000 } })
    expect(followVisitor(early, settled).get(visitId(1))).toHaveLength(1)
  })

  it('is recalled from the server and goes on from there', () => {
    const here = somebody(1, { page: { url: 'https://a.example/c', title: 'C', at: 5_000 } })
    const view = (url: string, at: number) => ({ url, title: '', referrer: '', at, leftAt: null })
    const recalled = recallTrail(new Map(), here, [
      view('https://a.example/c', 5_000),
      view('https://a.example/a', 2_000),
      view('https://a.example/old', 1),
    ])
    expect(recalled.get(visitId(1))?.map(({ url, leftAt }) => [url, leftAt])).toEqual([
      ['https://a.example/a', 5_000],
      ['https://a.example/c', null],
    ])
  })
})

describe('somebody without a name', () => {
  it('has a friendly one that stays', () => {
    expect(visitorName(createWords('en'), { name: null, id: 'v_0000000000000000000000004f2' })).toBe(
      'Visitor 4F2',
    )
    expect(visitorName(createWords('fa'), { name: '  ', id: 'v_0000000000000000000000004f2' })).toBe(
      'مهمان 4F2',
    )
  })

  it('has a colour of their own', () => expect(hueOf(visitorId)).toBe(hueOf(visitorId)))
})

it.each([
  ['Mina Hosseini', 'M\u200cH'],
  ['سارا', 'س'],
  ['Ana María de la Cruz', 'A\u200cC'],
  ['  ', ''],
])('%s is shortened to %s', (name, short) => expect(initials(name)).toBe(short))

it('shows the path of an address as people read it', () => {
  expect(pathOf('https://a.example/%DA%AF%D9%84?size=1')).toBe('/گل?size=1')
  expect(pathOf('not an address')).toBe('not an address')
})
