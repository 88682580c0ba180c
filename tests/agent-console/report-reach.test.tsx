// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { ReportsScreen } from '../../agent-console/reports/reports-screen.tsx'
import type { ReportView } from '../../agent-console/state/report-view.ts'
import { en } from '../../agent-console/ui/texts/en.ts'
import { volume } from '../../shared/metrics/volume.ts'
import { failure, success } from '../../shared/result.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
/** With plain spaces: `Intl` has narrow ones. */
const said = () => (document.body.textContent ?? '').replace(/[\u2000-\u200a\u202f]/g, ' ')

/** Answers each report with what is given for it. */
async function lookAt(view: ReportView, answers: Record<string, object>) {
  const get = async (path: string) => {
    const answer = answers[path]
    return answer ? (success(answer) as never) : (failure('unavailable', 'Later.') as never)
  }
  const { draw } = await openStage({}, { get })
  await draw(<ReportsScreen view={view} />)
  for (let turn = 0; turn < 4; turn++) await act(async () => undefined)
}

const nothing = volume({
  ...{ from: 0, to: 1, now: 1, timeZone: 'UTC' },
  clock: { lengthOf: () => 0 } as never,
  aiming: {} as never,
}).answer()

const compared = (to: string) => ({
  '/reports/volume': { ...nothing, before: { totals: nothing.totals, from: '2026-03-13T23:00:00Z', to } },
})
const berlin: ReportView = { part: 'volume', compare: 'previous', zone: 'Europe/Berlin' }

describe('how far a report goes', () => {
  beforeEach(() => location.replace('#/reports'))

  it('M121 says with which days it is compared, by the clock of the place', async () => {
    await lookAt(berlin, compared('2026-03-20T23:00:00Z'))
    expect(said()).toContain('Compared with Mar 14 – 20, 2026.')
  })

  it('M122 says up to when, where the days that are looked at are not over', async () => {
    await lookAt(berlin, compared('2026-03-20T08:30:00Z'))
    expect(said()).toContain('Compared with Mar 14 – 20, 2026, up to 9:30 AM')
  })

  it('M123 names what is not known of who was shown a message, and offers only what is', async () => {
    const rules = { rules: [], from: '', to: '', timeZone: 'UTC', clock: 'wall', filters: {} }
    await lookAt({ part: 'proactive', language: 'fa', device: 'phone' }, { '/reports/proactive': rules })
    expect(said()).toContain('Language and Device')
    await act(() =>
      all('button')
        .find(({ textContent }) => textContent?.startsWith(en.filters))
        ?.click(),
    )
    expect(all(`[aria-label="${en.filterTeam}"], [aria-label="${en.filterAgent}"]`)).toEqual([])
  })
})

describe('the tabs of the reports', () => {
  it('M129 bring the one that is read into sight, and move nothing but their row', async () => {
    const real = Element.prototype.getBoundingClientRect
    Element.prototype.getBoundingClientRect = function (this: Element) {
      return this.matches('[aria-current]') ? new DOMRect(600, 0, 100, 40) : new DOMRect(0, 0, 390, 40)
    }
    onTestFinished(() => {
      Element.prototype.getBoundingClientRect = real
    })
    const moved = vi.spyOn(Element.prototype, 'scrollIntoView')
    await lookAt({ part: 'proactive' }, {})
    expect(all('.report-parts-row')[0]?.scrollLeft).toBe(600 + 50 - 195)
    expect(moved).not.toHaveBeenCalled()
  })
})

describe('weeks', () => {
  const firstDay = () => all('.week-heat tbody th')[0]?.textContent
  const busy = { ...nothing, week: [{ weekday: 7, hour: 9, n: 3 }] }
  const hours = (weekStart: object) => ({
    '/reports/volume': busy,
    '/calendars': {
      items: [{ id: 'Office', name: 'Office', timeZone: 'UTC', weekly: [], ...weekStart }],
      nextCursor: null,
    },
  })

  it('K30 begin as the hours of the house have it, in the map of hours and in the calendar of days', async () => {
    await lookAt({ part: 'volume' }, hours({ weekStart: 6 }))
    expect(firstDay()).toBe('Sat')
    await act(() => all('.period-open')[0]?.click())
    expect(all('.month thead th')[0]?.getAttribute('abbr')).toBe('Saturday')
  })

  it('K30 begin as usual in the language where nothing is said', async () => {
    await lookAt({ part: 'volume' }, hours({}))
    expect([navigator.language, firstDay()]).toEqual(['en-US', 'Sun'])
  })
})
