import * as v from 'valibot'

const clockTime = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30'))
const date = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a date'))
const weekday = v.picklist([1, 2, 3, 4, 5, 6, 7])
const timeZone = v.pipe(
  v.string(),
  v.maxLength(60),
  v.check((name) => isTimeZone(name), 'must be a time zone such as Asia/Tehran'),
)

/** Hours by the wall clock of a place. */
export const scheduleFields = {
  timeZone,
  /**
   * Days from Monday, 1, to Sunday, 7. A shift that ends before it begins runs past midnight and belongs to
   * the day it began on; one that ends as it begins lasts a day. None at all: around the clock.
   */
  weekly: v.pipe(
    v.array(
      v.strictObject({
        days: v.pipe(v.array(weekday), v.minLength(1), v.maxLength(7)),
        from: clockTime,
        to: clockTime,
      }),
    ),
    v.maxLength(20),
  ),
  /** The first and the last day. */
  first: v.optional(date),
  last: v.optional(date),
  /** Days on which nothing begins: holidays. */
  except: v.optional(v.pipe(v.array(date), v.maxLength(100))),
}
export type Schedule = v.InferOutput<v.StrictObjectSchema<typeof scheduleFields, undefined>>

const minuteMs = 60_000
const dayMinutes = 1_440
const dayMs = dayMinutes * minuteMs
/** No place changes its clock but at a quarter of an hour. */
const slotMs = 15 * minuteMs

const aroundTheClock: Schedule['weekly'] = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }]

const shiftsOf = ({ weekly }: Schedule): Schedule['weekly'] => (weekly.length ? weekly : aroundTheClock)

/** Whether `now`, ms, is within the hours. */
export function openAt(schedule: Schedule, now: number): boolean {
  const today = localTime(schedule.timeZone, now)
  return shiftsOf(schedule).some((shift) => {
    const { from, to } = minutesOf(shift)
    const overnight = to <= from
    const begun = today.minute >= from && (overnight || today.minute < to)
    return (
      (begun && beginsOn(schedule, shift, today)) ||
      (overnight && today.minute < to && beginsOn(schedule, shift, dayBefore(today)))
    )
  })
}

/** When the hours begin next, within a day; null when they do not. */
export function nextOpening(schedule: Schedule, now: number): number | null {
  const { minute } = localTime(schedule.timeZone, now)
  const start = now - (now % minuteMs)
  const moved = (offsetAt(schedule.timeZone, now + dayMs) - offsetAt(schedule.timeZone, now)) / minuteMs
  const moments = [0, ...shiftsOf(schedule).map((shift) => minutesOf(shift).from)]
    .map((from) => (from - minute + dayMinutes) % dayMinutes || dayMinutes)
    .flatMap((wait) => (moved === 0 ? [wait] : [wait, wait - moved]))
    .map((wait) => start + wait * minuteMs)
    .concat(moved === 0 ? [] : quartersAfter(now))
    .filter((moment) => moment > now)
    .sort((a, b) => a - b)
  return moments.find((moment) => openAt(schedule, moment) && !openAt(schedule, moment - 1)) ?? null
}

/** Where clocks are put forward, hours may begin that no clock has shown. */
const quartersAfter = (now: number): number[] =>
  Array.from({ length: dayMs / slotMs }, (_, i) => (Math.floor(now / slotMs) + 1 + i) * slotMs)

/** Days from Monday, 1, to Sunday, 7, and the hour, by the wall clock of a place. */
export function weekHourAt(timeZone: string, at: number): { weekday: number; hour: number } {
  const { weekday, minute } = localTime(timeZone, at)
  return { weekday, hour: Math.floor(minute / 60) }
}

type Shift = Schedule['weekly'][number]

function beginsOn({ first, last, except }: Schedule, shift: Shift, day: LocalDay): boolean {
  if (!shift.days.some((one) => one === day.weekday)) return false
  if ((first && day.date < first) || (last && day.date > last)) return false
  return !except?.includes(day.date)
}

const minutesOf = ({ from, to }: Shift) => ({ from: minutesIn(from), to: minutesIn(to) })

const minutesIn = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

interface LocalDay {
  date: string
  weekday: number
}

interface LocalTime extends LocalDay {
  minute: number
}

/** By the calendar: where clocks change, a day ago may be two dates back. */
function dayBefore({ date }: LocalDay): LocalDay {
  const before = new Date(Date.parse(`${date}T00:00Z`) - dayMs)
  return { date: before.toISOString().slice(0, 10), weekday: before.getUTCDay() || 7 }
}

/** Places remembered: a house has few. */
const placesKept = 50
/** What was told last of each place: many rules ask for the same minute. */
const told = new Map<string, { minute: number; time: LocalTime }>()

function localTime(zone: string, at: number): LocalTime {
  const minute = Math.floor(at / minuteMs)
  const known = told.get(zone)
  if (known?.minute === minute) return known.time
  if (told.size >= placesKept) told.clear()
  const time = askTime(zone, at)
  told.set(zone, { minute, time })
  return time
}

function askTime(zone: string, at: number): LocalTime {
  const local = new Date(at + offsetAt(zone, at))
  return {
    date: local.toISOString().slice(0, 10),
    weekday: local.getUTCDay() || 7,
    minute: local.getUTCHours() * 60 + local.getUTCMinutes(),
  }
}

const slotsKept = 500
const offsets = new Map<string, number>()

/** How far the clocks of a place are ahead of UTC, ms. Remembered, since asking costs more than all the rest. */
function offsetAt(zone: string, at: number): number {
  const slot = Math.floor(at / slotMs)
  const key = `${zone}\n${slot}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  if (offsets.size >= slotsKept) offsets.clear()
  const offset = askOffset(zone, slot * slotMs)
  offsets.set(key, offset)
  return offset
}

function askOffset(zone: string, at: number): number {
  const parts = new Map(
    formatIn(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'))
  return local - at
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
  })
  if (formats.size >= placesKept) formats.clear()
  formats.set(zone, format)
  return format
}

export function isTimeZone(name: string): boolean {
  try {
    return formatIn(name).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
