import * as v from 'valibot'
import { limits } from '../limits.ts'
import { line } from '../text/fields.ts'
import { calendarKinds, isDate, mostDays } from './dates.ts'
import { isTimeZone } from './zone.ts'

const clockTime = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30'))
const date = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a date'))
const realDate = v.pipe(date, v.check(isDate, 'must be a day that there is'))
const weekday = v.picklist([1, 2, 3, 4, 5, 6, 7])
const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most))
const timeZone = v.pipe(
  v.string(),
  v.maxLength(60),
  v.check((name) => isTimeZone(name), 'must be a time zone such as Asia/Tehran'),
)

const Shift = v.strictObject({
  days: v.pipe(v.array(weekday), v.minLength(1), v.maxLength(7)),
  from: clockTime,
  to: clockTime,
})
export type Shift = v.InferOutput<typeof Shift>
const shifts = v.pipe(v.array(Shift), v.maxLength(limits.shiftsPerWeek))

/** Hours by the wall clock of a place. */
export const scheduleFields = {
  timeZone,
  /**
   * Days from Monday, 1, to Sunday, 7. A day may have several shifts. One that ends before it begins runs past
   * midnight and belongs to the day it began on; one that ends as it begins lasts a day. None at all: around the clock.
   */
  weekly: shifts,
  /** The first and the last day. */
  first: v.optional(date),
  last: v.optional(date),
  /** Days on which nothing begins. */
  except: v.optional(v.pipe(v.array(date), v.maxLength(100))),
}
export type Schedule = v.InferOutput<v.StrictObjectSchema<typeof scheduleFields, undefined>>

const monthDay = { month: whole(12), day: whole(31) }
const title = line(limits.nameCharacters)

const yearly = v.picklist(calendarKinds)
/** Days in a row. */
const lasting = v.optional(whole(limits.holidayDays))
const dayExists = 'must be a day that this month can have'

/**
 * Days on which nothing begins; what began the evening before goes on to its end. A yearly one is left out in years
 * that do not have its day, such as 29 February.
 */
export const Holiday = v.variant('on', [
  v.strictObject({ on: v.literal('date'), name: title, date: realDate, days: lasting }),
  v.pipe(
    v.strictObject({ on: yearly, name: title, ...monthDay, days: lasting }),
    v.forward(
      v.check(({ on, month, day }) => day <= mostDays(on, month), dayExists),
      ['day'],
    ),
  ),
])
export type Holiday = v.InferOutput<typeof Holiday>

const otherHours = v.pipe(shifts, v.minLength(1, 'must have hours; days without any are a holiday'))
const yearlyDay = v.strictObject(monthDay)

/** Hours of their own for a span of days, both ends within it: such as those of Ramadan. */
export const HoursException = v.variant('on', [
  v.pipe(
    v.strictObject({
      ...{ on: v.literal('date'), name: title, from: realDate, to: realDate },
      weekly: otherHours,
    }),
    v.forward(
      v.check(({ from, to }) => from <= to, 'must not be before the first day'),
      ['to'],
    ),
  ),
  v.pipe(
    v.strictObject({ on: yearly, name: title, from: yearlyDay, to: yearlyDay, weekly: otherHours }),
    v.forward(
      v.check(({ on, from }) => from.day <= mostDays(on, from.month), dayExists),
      ['from', 'day'],
    ),
    v.forward(
      v.check(({ on, to }) => to.day <= mostDays(on, to.month), dayExists),
      ['to', 'day'],
    ),
  ),
])
export type HoursException = v.InferOutput<typeof HoursException>

/** What the hours of a house have besides. */
export const officeFields = {
  ...scheduleFields,
  holidays: v.optional(v.pipe(v.array(Holiday), v.maxLength(limits.holidaysPerCalendar))),
  /** Of several that hold a day, the first counts. A holiday goes before them. */
  exceptions: v.optional(v.pipe(v.array(HoursException), v.maxLength(limits.exceptionsPerCalendar))),
  /** The day weeks begin with where these hours are shown. */
  weekStart: v.optional(weekday),
}
export type OfficeHours = v.InferOutput<v.StrictObjectSchema<typeof officeFields, undefined>>

export const aroundTheClock: OfficeHours = { timeZone: 'UTC', weekly: [] }
