import { describe, expect, it } from 'vitest'
import { hrefOf, parseRoute, type Route } from '../../agent-console/state/route.ts'
import { everybody } from '../../shared/roster-query.ts'
import { conversationId } from '../shared/story.ts'

const routes: Route[] = [
  { screen: 'inbox', conversationId: null },
  { screen: 'inbox', conversationId },
  { screen: 'visitors', query: everybody },
  {
    screen: 'visitors',
    query: { page: '/a b/*?x', search: 'علی & co', chat: 'with', order: 'active', grouped: true },
  },
  {
    screen: 'visitors',
    query: { ...everybody, segment: 'Window shoppers', scoreAtLeast: -5, order: 'score' },
  },
  { screen: 'reports' },
  { screen: 'reports', segment: 'Window shoppers & co' },
  { screen: 'proactive' },
  { screen: 'follow-ups' },
  { screen: 'settings' },
  { screen: 'setup', secret: 'a b/c' },
]

describe('places in the console', () => {
  it.each(routes)('come back from their own address: $screen', (route) => {
    expect(parseRoute(hrefOf(route))).toEqual(route)
  })

  it.each(['', '#', '#/', '#/nowhere', '#/inbox/not-an-id', '#/inbox/%E0%A4%A'])(
    '%s is the inbox',
    (hash) => {
      expect(parseRoute(hash)).toEqual({ screen: 'inbox', conversationId: null })
    },
  )

  it('V31 leaves out of a question what it cannot understand', () => {
    const query = { ...everybody, device: 'phone' }
    expect(parseRoute('#/visitors?device=phone&order=sideways&chat=maybe&x=y')).toEqual({
      screen: 'visitors',
      query,
    })
  })

  it('takes a secret that is no proper escape as it stands', () => {
    expect(parseRoute('#/setup/%E0%A4%A')).toEqual({ screen: 'setup', secret: '%E0%A4%A' })
  })
})
