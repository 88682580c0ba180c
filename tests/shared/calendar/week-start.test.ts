import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { HouseHours } from '../../../shared/calendar/calendar-of.ts'
import { weekStartIn } from '../../../shared/calendar/week-start.ts'
import { SiteKey } from '../../../shared/ids.ts'
import type { Site } from '../../../shared/workspace.ts'
import { siteId } from '../story.ts'

const site: Site = {
  ...{
    id: siteId,
    key: v.parse(SiteKey, 'abcdefabcdef'),
    name: 'Shop',
    createdAt: 0,
    origins: ['https://shop.example'],
  },
  ...{ locale: 'en', accent: '#0f766e', side: 'end', greeting: {}, replyTime: {} },
}

const calendar = (id: string, weekStart?: 1 | 6 | 7) => ({
  ...{ id, name: id, timeZone: 'UTC', weekly: [] },
  ...(weekStart === undefined ? {} : { weekStart }),
})

const house = (...calendars: ReturnType<typeof calendar>[]): HouseHours => ({
  calendars,
  sites: [{ ...site, calendar: 'Office' }],
  teams: [{ id: 'Night', name: 'Night', agents: [], calendar: 'Night' }],
})

describe('K30 weeks begin', () => {
  it('as the calendar of the site says, or of the team that is looked at', () => {
    const both = house(calendar('Office', 7), calendar('Night', 6))
    expect(weekStartIn(both, { siteId: site.id })).toBe(7)
    expect(weekStartIn(both, { siteId: site.id, team: 'Night' })).toBe(6)
  })

  it('as all calendars say that say anything, where everybody is looked at', () => {
    expect(weekStartIn(house(calendar('Office', 7), calendar('Night')), {})).toBe(7)
    expect(weekStartIn(house(calendar('Office', 7), calendar('Night', 6)), {})).toBeUndefined()
    expect(weekStartIn(house(), {})).toBeUndefined()
  })

  it('as all others say where the calendar of the site or team says nothing', () => {
    const silent = house(calendar('Office'), calendar('Night', 6))
    expect(weekStartIn(silent, { siteId: site.id })).toBe(6)
    const differing = house(calendar('Office'), calendar('Night', 6), calendar('Shop', 7))
    expect(weekStartIn(differing, { siteId: site.id })).toBeUndefined()
    expect(weekStartIn(house(calendar('Office')), { siteId: site.id })).toBeUndefined()
  })

  it('as the calendar of the site says where that of the team says nothing', () => {
    const both = house(calendar('Office', 7), calendar('Night'), calendar('Shop', 6))
    expect(weekStartIn(both, { siteId: site.id, team: 'Night' })).toBe(7)
  })
})
