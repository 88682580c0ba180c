import { describe, expect, it } from 'vitest'
import { hrefOf, parseRoute, type Route } from '../../agent-console/state/route.ts'
import { conversationId } from '../shared/story.ts'

const routes: Route[] = [
  { screen: 'inbox', conversationId: null },
  { screen: 'inbox', conversationId },
  { screen: 'visitors' },
  { screen: 'reports' },
  { screen: 'proactive' },
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

  it('takes a secret that is no proper escape as it stands', () => {
    expect(parseRoute('#/setup/%E0%A4%A')).toEqual({ screen: 'setup', secret: '%E0%A4%A' })
  })
})
