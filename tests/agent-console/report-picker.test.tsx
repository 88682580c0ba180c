// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import { PeriodPicker } from '../../agent-console/reports/period-picker.tsx'
import { inOrder, Sortable } from '../../agent-console/reports/sortable.tsx'
import type { ReportView } from '../../agent-console/state/report-view.ts'
import { inCalendar } from '../../agent-console/ui/calendars.ts'
import { ProvideSurroundings, useSurroundings } from '../../agent-console/ui/context.tsx'
import { createWords } from '../../agent-console/ui/words.ts'
import type { Locale } from '../../shared/locale.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const jalali = { zone: 'Asia/Tehran', calendar: 'jalali' } as const

function Spoken({
  locale,
  view,
  onChange,
}: {
  locale: Locale
  view: ReportView
  onChange(one: ReportView): void
}) {
  const words = inCalendar(createWords(locale), jalali.calendar, jalali.zone)
  return (
    <ProvideSurroundings value={{ ...useSurroundings(), words }}>
      <PeriodPicker view={view} reader={jalali} onChange={onChange} />
    </ProvideSurroundings>
  )
}

/** The picker, opened, at Farvardin 1405: 21 March to 20 April 2026. */
async function openPicker(locale: Locale = 'fa') {
  const changes: ReportView[] = []
  const { draw } = await openStage()
  const view = { from: '2026-03-25', to: '2026-03-27' }
  await draw(<Spoken locale={locale} view={view} onChange={(change) => changes.push(change)} />)
  await act(() => all('.period-open')[0]?.click())
  const key = (name: string) =>
    act(
      () =>
        void all('[role=grid]')[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true })),
    )
  const press = (day: string) =>
    act(() =>
      all('.month-day')
        .find((one) => one.textContent === day)
        ?.click(),
    )
  return { changes, key, press }
}

const stop = () => document.querySelector('.month-day[tabindex="0"]')?.getAttribute('aria-label')

describe('choosing days', () => {
  beforeEach(() => location.replace('#/reports'))

  it('M73 shows a month of the Jalali calendar in its own digits, in weeks from Saturday', async () => {
    await openPicker()
    expect(all('.month-name')[0]?.textContent).toBe('فروردین ۱۴۰۵')
    expect(
      all('.month-day')
        .map(({ textContent }) => textContent)
        .slice(0, 3),
    ).toEqual(['۱', '۲', '۳'])
    expect(all('.month-day')).toHaveLength(31)
    expect(all('.month tbody tr')[0]?.children[0]?.textContent).toBe('۱')
    expect(all('.month-day.within')).toHaveLength(3)
  })

  it('M73 is gone through by keys as the days stand, mirrored where writing is', async () => {
    const { key } = await openPicker()
    expect(stop()).toContain('۷ فروردین')
    await key('ArrowLeft')
    expect(stop()).toContain('۸ فروردین')
    await key('ArrowDown')
    expect(stop()).toContain('۱۵ فروردین')
    await key('PageDown')
    expect(stop()).toContain('۱۵ اردیبهشت')
    expect(document.activeElement?.getAttribute('aria-label')).toBe(stop())
  })

  it('M73 goes the other way where writing goes from left to right', async () => {
    const { key } = await openPicker('en')
    await key('ArrowLeft')
    expect(stop()).toContain('Farvardin 6')
  })

  it('M73 takes two days for a stretch, whichever is pressed first', async () => {
    const { changes, press } = await openPicker()
    await press('۲۰')
    expect(changes).toEqual([])
    await press('۱۰')
    expect(changes).toEqual([{ from: '2026-03-30', to: '2026-04-09', period: undefined }])
    expect(all('[role=dialog]')).toEqual([])
  })

  it('M73 can be had in the other calendar', async () => {
    const { changes } = await openPicker('en')
    await act(() =>
      all('.choice')
        .find(({ textContent }) => textContent === 'Gregorian')
        ?.click(),
    )
    expect(changes).toEqual([{ calendar: 'gregorian' }])
  })
})

interface Row {
  name: string
  wait: number | null
}

const rows: Row[] = [
  { name: 'Zoë', wait: 3 },
  { name: 'Åsa', wait: null },
  { name: 'Bea', wait: 20 },
]
const columns: Parameters<typeof Sortable<Row>>[0]['columns'] = [
  { id: 'name', name: 'Name', by: ({ name }) => name, cell: ({ name }) => name },
  { id: 'wait', name: 'Wait', by: ({ wait }) => wait, cell: ({ wait }) => wait ?? '–' },
]

describe('a table of figures', () => {
  it('M79 is put in order by any column, says so, and keeps what is not known last', async () => {
    const { draw } = await openStage()
    await draw(
      <Sortable label="Waits" rows={rows} keyOf={({ name }) => name} columns={columns} begin="wait" />,
    )
    const names = () => all('tbody th').map(({ textContent }) => textContent)
    const heads = () => all('thead th').map((one) => one.getAttribute('aria-sort'))
    expect([names(), heads()]).toEqual([
      ['Bea', 'Zoë', 'Åsa'],
      [null, 'descending'],
    ])
    await act(() => all('thead button')[1]?.click())
    expect([names(), heads()]).toEqual([
      ['Zoë', 'Bea', 'Åsa'],
      [null, 'ascending'],
    ])
    await act(() => all('thead button')[0]?.click())
    expect([names(), heads()]).toEqual([
      ['Åsa', 'Bea', 'Zoë'],
      ['ascending', null],
    ])
  })

  it('M79 is in the order of the alphabet of its language', () => {
    const [name] = columns
    expect(inOrder(rows, name, false, 'sv').map((row) => row.name)).toEqual(['Bea', 'Zoë', 'Åsa'])
  })
})
