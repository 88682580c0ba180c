import { dayMs } from './zone.ts'

/** The calendars in which a day can come back every year. */
export const calendarKinds = ['gregorian', 'jalali', 'hijri'] as const
export type CalendarKind = (typeof calendarKinds)[number]

/**
 * What `Intl` calls them. Of its four Hijri calendars Umm al-Qura is the one that is published years ahead and that
 * offices go by; `islamic` follows a computed moon, `islamic-civil` and `islamic-tbla` are arithmetic and a day or two off.
 */
export const intlCalendar = {
  gregorian: 'gregory',
  jalali: 'persian',
  hijri: 'islamic-umalqura',
} as const satisfies Record<CalendarKind, string>

export interface MonthDay {
  month: number
  day: number
}

/** One number for both, in the order of the year. */
export const ordinal = ({ month, day }: MonthDay): number => month * 32 + day

/** Days that a month of this calendar has at most. */
export function mostDays(kind: CalendarKind, month: number): number {
  if (kind === 'hijri') return 30
  if (kind === 'jalali') return month <= 6 ? 31 : 30
  return new Date(Date.UTC(2024, month, 0)).getUTCDate()
}

/** @returns days counted from 1970-01-01 */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00Z`) / dayMs

export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** Whether a text of the right shape is a day that there is. */
export const isDate = (date: string): boolean => {
  const day = dayOf(date)
  return Number.isFinite(day) && dateOf(day) === date
}

/** The month and the day of it, as `ordinal`, that a day has in a calendar. */
export function ordinalOn(kind: CalendarKind, day: number): number {
  const date = new Date(day * dayMs)
  if (kind === 'gregorian') return ordinal({ month: date.getUTCMonth() + 1, day: date.getUTCDate() })
  const year = date.getUTCFullYear()
  return ordinalsIn(kind, year)[day - Date.UTC(year) / dayMs] ?? 0
}

const yearsKept = 1_000
const years = new Map<string, Uint16Array>()

function ordinalsIn(kind: CalendarKind, year: number): Uint16Array {
  const key = `${kind} ${year}`
  const known = years.get(key)
  if (known) return known
  const ordinals = askYear(kind, year)
  if (years.size >= yearsKept) years.clear()
  years.set(key, ordinals)
  return ordinals
}

/** No month of either calendar has fewer days, so that only what follows them must be asked for. */
const fewestDays = 29

function askYear(kind: CalendarKind, year: number): Uint16Array {
  const first = Date.UTC(year) / dayMs
  const ordinals = new Uint16Array(Date.UTC(year + 1) / dayMs - first)
  let held = ask(kind, first)
  ordinals[0] = ordinal(held)
  for (let i = 1; i < ordinals.length; i++) {
    held = held.day < fewestDays ? { ...held, day: held.day + 1 } : ask(kind, first + i)
    ordinals[i] = ordinal(held)
  }
  return ordinals
}

const formats = new Map<CalendarKind, Intl.DateTimeFormat>()

function ask(kind: CalendarKind, day: number): MonthDay {
  let format = formats.get(kind)
  if (!format) {
    const tag = `en-US-u-ca-${intlCalendar[kind]}`
    format = new Intl.DateTimeFormat(tag, { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
    formats.set(kind, format)
  }
  const parts = format.formatToParts(day * dayMs)
  const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value)
  return { month: part('month'), day: part('day') }
}
