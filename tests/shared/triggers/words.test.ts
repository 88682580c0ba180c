import * as v from 'valibot'
import { expect, it } from 'vitest'
import { Rule } from '../../../shared/triggers/rule.ts'
import { piecesOf, sayCondition } from '../../../shared/triggers/words/words.ts'

const nothing = { kind: 'all' as const, of: [] }

it('T18 words hold what was asked, with its unit, and groups are said as such', () => {
  expect(sayCondition({ kind: 'secondsOnPage', atLeast: 60 }, 'en')).toBe(
    'they have been on the page for 1 minute',
  )
  expect(sayCondition({ kind: 'secondsOnPage', atLeast: 90 }, 'fa')).toContain('۹۰ ثانیه')
  const recently = { kind: 'event', name: 'bought', atLeast: 2, withinSeconds: 3_600 } as const
  expect(sayCondition(recently, 'en')).toBe(
    '\u2068bought\u2069 has happened at least 2 times, within the last 1 hour',
  )
  const either = {
    kind: 'any' as const,
    of: [{ kind: 'exitIntent' as const }, { kind: 'scroll' as const, atLeast: 50 }],
  }
  expect(sayCondition(either, 'en')).toBe(
    'any of: (they are about to leave or they have scrolled 50% of the page)',
  )
})

it('T18 a condition is cut where its fields stand, and counts as its language does', () => {
  const once = {
    kind: 'event',
    name: 'bought',
    atLeast: 1,
    where: { property: 'plan', that: { op: 'exists' } },
  }
  const [event] = v.parse(Rule.entries.when, [once])
  if (!event || 'of' in event) throw new Error('The event is a condition.')
  expect(piecesOf(event, 'en')).toEqual([
    { words: 'bought', slot: 'name' },
    { words: ' has happened at least ', slot: null },
    { words: '1', slot: 'atLeast' },
    { words: ' time, and ', slot: null },
    { words: 'plan', slot: 'property' },
    { words: ' ', slot: null },
    { words: 'is known', slot: 'that' },
  ])
  expect(sayCondition({ kind: 'pageViews', atLeast: 3 }, 'ar')).toContain('صفحات')
  expect(sayCondition({ kind: 'pageViews', atLeast: 30 }, 'ar')).not.toContain('صفحات')
  expect(sayCondition({ kind: 'country', anyOf: ['IR'] }, 'en')).toBe('they are in Iran')
})

it('T18 hours are said with their days, and a calendar by its name', () => {
  const bare = (text: string) => text.replace(/[\u2066-\u2069]/g, '')
  const hours = {
    kind: 'schedule',
    timeZone: 'Asia/Tehran',
    weekly: [{ days: [1, 2, 3, 6], from: '09:00', to: '17:00' }],
  } as const
  const [week, always, named] = v.parse(Rule.entries.when, [
    hours,
    { kind: 'schedule', timeZone: 'UTC', weekly: [] },
    { ...hours, calendar: 'office' },
  ])
  expect(bare(sayCondition(week ?? nothing, 'en'))).toBe('it is Mon–Wed and Sat 09:00–17:00 (Asia/Tehran)')
  expect(bare(sayCondition(always ?? nothing, 'en'))).toBe('it is any hour (UTC)')
  expect(bare(sayCondition(named ?? nothing, 'en'))).toBe('it is within the hours of office')
})

it('V65 hours and dates stand in the digits of the language, and by its calendar', () => {
  const when = {
    ...{ kind: 'schedule' as const, timeZone: 'UTC', first: '2026-03-21' },
    weekly: [{ days: [1 as const], from: '09:00', to: '17:30' }],
  }
  expect(sayCondition(when, 'en')).toMatch(/09:00–17:30.*Mar 21, 2026/)
  expect(sayCondition(when, 'fa')).toMatch(/۰۹:۰۰–۱۷:۳۰.*۱ فروردین ۱۴۰۵/)
  expect(sayCondition(when, 'ar').replace('UTC', '')).not.toMatch(/[A-Za-z]/)
})
