import * as v from 'valibot'
import { expect, it } from 'vitest'
import { workClock } from '../../shared/calendar/work-clock.ts'
import { times } from '../../shared/limits.ts'
import { aimsOf, type Target, Targets, timeLeft } from '../../shared/targets.ts'

const minute = 60_000
const hour = 60 * minute

const targets: Target[] = [
  { firstResponse: 10 * minute, response: hour },
  { priority: 'urgent', firstResponse: 2 * minute },
  { team: 'Sales', firstResponse: 5 * minute, resolution: 8 * hour },
  { team: 'Sales', priority: 'urgent', firstResponse: minute },
]

it('K22 for each aim the closest target counts', () => {
  const of = (team: string | null, priority: 'normal' | 'urgent') => aimsOf(targets, { team, priority })
  expect(of('Sales', 'urgent')).toEqual({ firstResponse: minute, response: hour, resolution: 8 * hour })
  expect(of('Sales', 'normal')).toMatchObject({ firstResponse: 5 * minute })
  expect(of('Support', 'urgent')).toEqual({ firstResponse: 2 * minute, response: hour, resolution: null })
  expect(of(null, 'normal')).toMatchObject({ firstResponse: 10 * minute })
})

it('K22 where nothing is set an answer has the time it always had', () => {
  const aims = aimsOf(undefined, { team: null, priority: 'normal' })
  const { responseTarget } = times
  expect(aims).toEqual({ firstResponse: responseTarget, response: responseTarget, resolution: null })
})

it('K22 a target that aims at nothing, or beyond reason, is refused where it stands', () => {
  const faultAt = (input: unknown) => {
    const { issues } = v.safeParse(Targets, input)
    return issues && v.getDotPath(issues[0])
  }
  expect(faultAt(targets)).toBeUndefined()
  expect(faultAt([targets[0], { team: 'Sales' }])).toBe('1')
  expect(faultAt([{ response: 0 }])).toBe('0.response')
  expect(faultAt([{ response: hour, priority: 'huge' }])).toBe('0.priority')
})

it('K23 a target counts business time only, and goes on counting once it is broken', () => {
  const clock = workClock({
    timeZone: 'UTC',
    weekly: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }],
  })
  const from = Date.parse('2026-11-23T16:30Z')
  const at = (now: string) => timeLeft(clock, { from, aim: hour, now: Date.parse(now) })
  const dueAt = Date.parse('2026-11-24T09:30Z')
  expect(at('2026-11-24T03:00Z')).toEqual({ left: 30 * minute, dueAt })
  expect(at('2026-11-24T10:00Z')).toEqual({ left: -30 * minute, dueAt })
})

it.each([
  ['put forward', '2026-03-29', '04:30'],
  ['put back', '2026-10-25', '02:30'],
])('K37 in a night in which clocks are %s what is due has its whole time', (_, date, told) => {
  const night = { timeZone: 'Europe/Berlin', weekly: [{ days: [6 as const], from: '22:00', to: '06:00' }] }
  const clock = workClock(night)
  const from = clock.nextOpening(Date.parse(`${date}T00:00Z`) - 12 * hour) ?? 0
  const dueAt = clock.after(from, 5.5 * hour) ?? 0
  expect(dueAt - from).toBe(5.5 * hour)
  expect(timeLeft(clock, { from, aim: 5.5 * hour, now: dueAt - hour })).toEqual({ left: hour, dueAt })
  const wall = new Intl.DateTimeFormat('en-GB', { timeZone: night.timeZone, timeStyle: 'short' }).format(
    dueAt,
  )
  expect(wall).toBe(told)
})
