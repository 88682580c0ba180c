import { describe, expect, it } from 'vitest'
import { Bell } from '../../agent-console/alerts/bell.ts'
import type { News } from '../../agent-console/alerts/news.ts'
import { Told } from '../../agent-console/alerts/told.ts'
import { Story } from '../shared/story.ts'
import { handClock } from '../support/clock.ts'
import { me, memoryKeep, rowOf } from './support/desk.ts'
import { settle } from './support/fake-link.ts'
import { handAlarm } from './support/hand-alarm.ts'

const noon = Date.UTC(2026, 2, 21, 9)
const moment = 6_000
const nothing = () => undefined

describe('several tabs of one browser', () => {
  const news: News = { kind: 'message', at: noon, row: rowOf(new Story().visitor(noon)) }
  const shown = { title: 'New', body: '', lang: 'en', dir: 'ltr' } as const

  function tabs(count: number) {
    const [clock, keep] = [handClock(), memoryKeep()]
    return Array.from({ length: count }, () => {
      const alarm = handAlarm()
      const told = new Told(keep, me.id)
      const wishes = () => ({ sound: true, desktop: true })
      const bell = new Bell({
        clock,
        alarm,
        told,
        wishes,
        unnoticed: (all) => all,
        say: () => shown,
        announce: nothing,
        open: nothing,
      })
      return { clock, alarm, bell }
    })
  }

  it('K34 one alerts, and it is the one that is looked at', async () => {
    const [first, second, third] = tabs(3)
    if (!first || !second || !third) throw new Error('no tabs')
    for (const { alarm } of [first, third]) alarm.hide()
    for (const { bell } of [first, second, third]) bell.ring([news])
    for (let step = 0; step < 10; step++) {
      first.clock.advance(1_000)
      await settle()
    }
    expect([first, second, third].map(({ alarm }) => alarm.sounds.length)).toEqual([0, 1, 0])
    expect(first.alarm.shown).toEqual([])
  })

  it('K34 two thousand at once are one alert, in both', async () => {
    const [one, other] = tabs(2)
    if (!one || !other) throw new Error('no tabs')
    const flood = Array.from({ length: 2_000 }, (_, n): News => ({ ...news, at: noon + n }))
    for (const { bell } of [one, other]) bell.ring(flood)
    one.clock.advance(moment)
    await settle()
    expect([...one.alarm.sounds, ...other.alarm.sounds]).toEqual(['message'])
  })
})
