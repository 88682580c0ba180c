import { describe, expect, it } from 'vitest'
import { times } from '../../shared/limits.ts'
import { presenceOf, type SignsOfLife } from '../../shared/presence.ts'

const noon = 1_000_000_000
const signs = (more: Partial<SignsOfLife> = {}): SignsOfLife => ({
  ...{ device: 'desktop', connected: false, idle: false, activeAt: noon, seenAt: noon },
  ...more,
})

describe('presence', () => {
  it.each([
    ['desktop', times.visitorGoneDesktop],
    ['phone', times.visitorGonePhone],
  ] as const)('V5 ends on a %s a while after the last sign of life, not before', (device, wait) => {
    expect(presenceOf(signs({ device }), noon + wait - 1)).toBe('active')
    expect(presenceOf(signs({ device }), noon + wait)).toBe('gone')
  })

  it('V5 ends later on a phone, which sleeps in a pocket', () => {
    expect(times.visitorGonePhone).toBeGreaterThan(times.visitorGoneDesktop)
  })

  it('V5 lasts as long as a socket is open, however quiet', () => {
    expect(presenceOf(signs({ connected: true }), noon + 24 * 3_600_000)).toBe('idle')
  })

  it('V5 begins anew with the next sign of life', () => {
    const later = noon + times.visitorGoneDesktop
    expect(presenceOf(signs({ seenAt: later, activeAt: later }), later)).toBe('active')
  })

  it('V7 is idle when the page says so, or nothing came for long', () => {
    expect(presenceOf(signs({ connected: true, idle: true }), noon)).toBe('idle')
    const still = signs({ connected: true })
    expect(presenceOf(still, noon + times.visitorIdle - 1)).toBe('active')
    expect(presenceOf(still, noon + times.visitorIdle)).toBe('idle')
  })

  it('V7 is gone rather than idle, once gone', () => {
    expect(presenceOf(signs({ idle: true }), noon + times.visitorGoneDesktop)).toBe('gone')
  })
})
