import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { OfficeHours } from '../../../shared/calendar/hours.ts'
import { type FirstReply, paceOf, roundUp, toldNow } from '../../../shared/promise/promise.ts'
import { sayNobody, sayUnmeasured, sayWithin } from '../../../shared/promise/words.ts'

const minute = 60_000
const hour = 60 * minute
const at = (text: string): number => Date.parse(text)
/** Open on weekdays from nine to five. 2026-11-23 is a Monday. */
const office: OfficeHours = {
  timeZone: 'UTC',
  weekly: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }],
}
const now = at('2026-11-23T10:30Z')

/** Answered after so many minutes, one each, a week before `from`. */
const answered = (from: string, minutes: number[]): FirstReply[] =>
  minutes.map((took, i) => ({ openedAt: at(from) + i, repliedAt: at(from) + i + took * minute }))

const told = (replies: FirstReply[], more: Partial<Parameters<typeof toldNow>[1]> = {}) => {
  const house = { hours: office, now, online: 1, waiting: 0, ...more }
  return toldNow(paceOf(replies, house.hours, house.now), house)
}
const thisHour = answered('2026-11-16T10:15Z', [2, 3, 4, 8, 9])
const otherHours = answered('2026-11-17T14:00Z', [20, 20, 20, 20, 20, 20])

it('K12 visitors are told the median first reply of this hour of the week', () => {
  expect(told([...thisHour, ...otherHours])).toEqual({ is: 'within', ms: 4 * minute })
})

it('K12 where this hour has fewer than five, that of all hours; of fewer than five nothing is said', () => {
  expect(told([...thisHour.slice(1), ...otherHours])).toEqual({ is: 'within', ms: 20 * minute })
  expect(told(thisHour.slice(1))).toEqual({ is: 'unmeasured' })
})

it('K13 only who came within office hours counts, and only business time', () => {
  const night = answered('2026-11-18T22:00Z', [1, 1, 1, 1, 1, 1, 1])
  const overnight: FirstReply[] = [0, 1, 2, 3, 4].map((i) => ({
    openedAt: at('2026-11-18T16:50Z') + i,
    repliedAt: at('2026-11-19T09:05Z') + i,
  }))
  expect(told(night)).toEqual({ is: 'unmeasured' })
  expect(told(overnight)).toEqual({ is: 'within', ms: 15 * minute })
})

it('K13 who still waits counts as long as they have waited', () => {
  const waiting = [0, 1, 2, 3, 4].map((i) => ({ openedAt: now - 30 * minute + i, repliedAt: null }))
  expect(told(waiting)).toEqual({ is: 'within', ms: 30 * minute })
})

it.each([
  [1, 0, 4],
  [3, 2, 4],
  [1, 1, 10],
  [2, 4, 15],
])('K14 with %s online and %s waiting it is about %s minutes', (online, waiting, minutes) => {
  expect(told(thisHour, { online, waiting })).toEqual({ is: 'within', ms: minutes * minute })
})

it('K15 outside of office hours it is said when they begin again', () => {
  expect(told(thisHour, { now: at('2026-11-23T17:00Z') })).toEqual({
    is: 'closed',
    opens: at('2026-11-24T09:00Z'),
  })
  expect(told(thisHour, { now: at('2026-11-27T20:00Z') })).toEqual({
    is: 'closed',
    opens: at('2026-11-30T09:00Z'),
  })
})

it('K15 it is said too when they end before a reply could be expected', () => {
  expect(told(otherHours, { now: at('2026-11-23T16:40Z') })).toEqual({ is: 'within', ms: 20 * minute })
  expect(told(otherHours, { now: at('2026-11-23T16:41Z') })).toEqual({
    ...{ is: 'closed', opens: at('2026-11-24T09:00Z') },
  })
})

it('K14 a long wait that runs past closing is told by the clock on the wall', () => {
  const slow = answered('2026-11-17T09:00Z', [300, 300, 300, 300, 300])
  expect(told(slow)).toEqual({ is: 'within', ms: 6 * hour })
  expect(told(slow, { now: at('2026-11-23T14:00Z') })).toEqual({ is: 'within', ms: 24 * hour })
})

it('K16 when nobody is there within office hours, or they never begin again, that is said', () => {
  expect(told(thisHour, { online: 0 })).toEqual({ is: 'nobody' })
  expect(told(thisHour, { hours: { ...office, last: '2026-11-01' } })).toEqual({ is: 'nobody' })
})

it('K14 what is told is never shorter than what was worked out, and a length that people say', () => {
  fc.assert(
    fc.property(fc.nat(9 * 24 * hour), (ms) => {
      expect(roundUp(ms)).toBeGreaterThanOrEqual(ms)
      expect(roundUp(roundUp(ms))).toBe(roundUp(ms))
    }),
  )
})

it.each([
  ['en', 1, 'We usually reply in about a minute'],
  ['en', 4, 'We usually reply in about 4 minutes'],
  ['en', 90, 'We usually reply in about an hour and a half'],
  ['en', 120, 'We usually reply in about 2 hours'],
  ['ar', 2, 'نردّ عادةً خلال دقيقتين تقريبًا'],
  ['ar', 4, 'نردّ عادةً خلال ٤ دقائق تقريبًا'],
  ['ar', 20, 'نردّ عادةً خلال ٢٠ دقيقة تقريبًا'],
  ['fa', 4, 'معمولاً ظرف حدود ۴ دقیقه پاسخ می‌دهیم'],
  ['fa', 1440, 'معمولاً ظرف حدود ۱ روز پاسخ می‌دهیم'],
] as const)('K17 in %s, %s minutes are said as people say them', (locale, minutes, text) => {
  expect(sayWithin(minutes * minute, locale)).toBe(text)
})

it('K17 that nobody is there, or nothing measured, is said in every language', () => {
  const said = (['en', 'ar', 'fa'] as const).flatMap((locale) => [sayNobody(locale), sayUnmeasured(locale)])
  expect(new Set(said).size).toBe(6)
})
