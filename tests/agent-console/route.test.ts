import { describe, expect, it } from 'vitest'
import { hrefOf, parseRoute, type Route } from '../../agent-console/state/route.ts'
import { everybody } from '../../shared/roster-query.ts'
import { agentId, conversationId, sara, siteId } from '../shared/story.ts'

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
  { screen: 'reports', view: {} },
  { screen: 'reports', view: { part: 'responses', segment: 'Window shoppers & co', period: '90' } },
  {
    screen: 'reports',
    view: {
      ...{ part: 'turns', from: '2026-03-21', to: '2026-04-20', zone: 'Asia/Tehran', calendar: 'jalali' },
      ...{ compare: 'previous', clock: 'business', site: siteId, agent: agentId(sara), team: 'Sales & co' },
      ...{ language: 'fa', device: 'phone', page: '/قیمت?', proactive: 'no' },
      ...{ measure: 'response', bucket: '60000', weekday: '7', hour: '0' },
    },
  },
  { screen: 'wall', site: null },
  { screen: 'wall', site: siteId },
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

  it('M70 leaves out of what is asked of the reports what it cannot understand', () => {
    const asked = '#/reports/nowhere?period=week&from=2026-02-30&clock=moon&weekday=8&hour=x&zone=Mars/Here'
    expect(parseRoute(`${asked}&device=phone&x=y`)).toEqual({ screen: 'reports', view: { device: 'phone' } })
  })

  it('takes a secret that is no proper escape as it stands', () => {
    expect(parseRoute('#/setup/%E0%A4%A')).toEqual({ screen: 'setup', secret: '%E0%A4%A' })
  })
})
