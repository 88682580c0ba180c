// @vitest-environment happy-dom
import type { JSX } from 'preact'
import { act } from 'preact/test-utils'
import { expect, it } from 'vitest'
import { monthNames } from '../../agent-console/calendar/day-words.ts'
import { rowsOf, weeklyOf, withBreak } from '../../agent-console/calendar/week-rows.ts'
import type { Api } from '../../agent-console/connection/api.ts'
import { Calendars } from '../../agent-console/settings/calendars-card.tsx'
import { Teams } from '../../agent-console/settings/house-section.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { createWords } from '../../agent-console/ui/words.ts'
import { dateOf, dayOf } from '../../shared/calendar/dates.ts'
import { nextDay, nextHoliday } from '../../shared/calendar/next-day.ts'
import { success } from '../../shared/result.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const settle = async () => {
  for (let turn = 0; turn < 4; turn++) await act(async () => undefined)
}
const press = async (name: string) => {
  await act(() =>
    all('button')
      .find((one) => (one.getAttribute('aria-label') ?? one.textContent)?.trim() === name)
      ?.click(),
  )
  await settle()
}
const type = async (label: string, value: string) => {
  await act(() => {
    const field = all('input, select').find(
      (one) =>
        one.getAttribute('aria-label') === label ||
        document.querySelector(`label[for="${one.id}"]`)?.textContent === label,
    )
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) throw new Error(label)
    field.value = value
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }))
  })
  await settle()
}

async function open(card: JSX.Element, held: Record<string, object[]> = {}) {
  const sent: { to: string; body: unknown }[] = []
  const api: Partial<Api> = {
    get: async (path: string) => success({ items: held[path] ?? [], nextCursor: null } as never),
    send: async (method: string, path: string, body?: object) => {
      sent.push({ to: `${method} ${path}`, body })
      return success({} as never)
    },
  }
  const { draw } = await openStage({}, api)
  await draw(card)
  await settle()
  return sent
}

it('K9 hours are made with a break, holidays of other calendars and the hours of Ramadan', async () => {
  const sent = await open(<Calendars />)
  await press(en.addCalendar)
  await type(en.name, 'Shop')
  await press(en.addBreak)
  await press(en.readyNowruz)
  await press(en.readyRamadan)
  await type(en.weekStart, '6')
  await press(en.save)
  await settle()
  await act(
    () => void all('form')[0]?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true })),
  )
  await settle()
  expect(sent[0]).toMatchObject({
    to: 'POST /calendars',
    body: {
      ...{ name: 'Shop', weekStart: 6 },
      weekly: [
        { from: '09:00', to: '12:30' },
        { from: '13:30', to: '17:00' },
      ],
      holidays: [{ on: 'jalali', name: 'Nowruz', month: 1, day: 1, days: 4 }],
      exceptions: [{ on: 'hijri', name: 'Ramadan', from: { month: 9, day: 1 }, to: { month: 9, day: 30 } }],
    },
  })
})

it('K10 a team is given hours of its own', async () => {
  const sent = await open(<Teams />, {
    '/calendars': [{ id: 'Nights', name: 'Nights', timeZone: 'UTC', weekly: [] }],
  })
  await press(en.addTeam)
  await type(en.name, 'Late')
  await type(en.officeHours, 'Nights')
  await act(
    () => void all('form')[0]?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true })),
  )
  await settle()
  expect(sent[0]).toEqual({ to: 'POST /teams', body: { name: 'Late', agents: [], calendar: 'Nights' } })
})

it('K3 shifts of the same days are one row, and go back as they were', () => {
  const weekly = [
    { days: [1 as const], from: '09:00', to: '12:00' },
    { days: [1 as const], from: '13:00', to: '17:00' },
    { days: [6 as const], from: '22:00', to: '06:00' },
  ]
  expect(rowsOf(weekly).map(({ times }) => times.length)).toEqual([2, 1])
  expect(weeklyOf(rowsOf(weekly))).toEqual(weekly)
  expect(withBreak([{ from: '22:00', to: '06:00' }])).toEqual([
    { from: '22:00', to: '01:30' },
    { from: '02:30', to: '06:00' },
  ])
  expect(withBreak([{ from: '09:00', to: '10:30' }])).toBeNull()
})

it('K7 months are named in the language of the reader, and the next day of a holiday is told', () => {
  expect(monthNames(createWords('fa'), 'jalali')[0]).toBe('فروردین')
  expect(monthNames(createWords('ar'), 'hijri')[8]).toBe('رمضان')
  expect(monthNames(createWords('en'), 'hijri')[8]).toBe('Ramadan')
  expect(dateOf(nextDay('jalali', { month: 1, day: 1 }, dayOf('2025-06-01')) ?? 0)).toBe('2026-03-21')
  const fitr = { on: 'hijri', name: 'Eid', month: 10, day: 1, days: 3 } as const
  expect(dateOf(nextHoliday(fitr, dayOf('2026-03-22')) ?? 0)).toBe('2026-03-20')
  expect(nextHoliday({ on: 'date', name: 'Over', date: '2026-01-01' }, dayOf('2026-01-02'))).toBeNull()
})
