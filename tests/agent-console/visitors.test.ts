import { describe, expect, it } from 'vitest'
import { rowsOf } from '../../agent-console/inbox/order.ts'
import { followVisitor, recallTrail, visitsIn } from '../../agent-console/state/trail.ts'
import { visitOf } from '../../agent-console/state/whereabouts.ts'
import { hueOf, pathOf, visitorName } from '../../agent-console/ui/person.ts'
import { createWords } from '../../agent-console/ui/words.ts'
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
  it('are found by their conversation, else by who they are', () => {
    const people = roster(somebody(1), somebody(2, { visitorId: null, conversationId }))
    expect(visitOf(people, { id: conversationId, visitorId })?.visitId).toBe(visitId(2))
    expect(visitOf(people, { id: otherConversation(9), visitorId })?.visitId).toBe(visitId(1))
  })
})

describe('earlier visits', () => {
  it('are the pages between two long silences, newest visit first, each from its first page on', () => {
    const view = (path: string, at: number) => ({
      ...{ url: `https://a.example/${path}`, title: path, referrer: '' },
      ...{ at: at * minute, leftAt: null },
    })
    const views = [view('d', 200), view('c', 101), view('b', 100), view('a', 1)]
    expect(visitsIn(views).map((pages) => pages.map(({ title }) => title))).toEqual([
      ['d'],
      ['b', 'c'],
      ['a'],
    ])
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
