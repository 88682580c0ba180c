// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { Defined } from '../../agent-console/reports/definition.tsx'
import { MeasuresTable } from '../../agent-console/reports/measures-table.tsx'
import { ProvideScope } from '../../agent-console/reports/report-scope.tsx'
import { type Column, Sortable } from '../../agent-console/reports/sortable.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { responseTimes } from '../../shared/metrics/response-times.ts'
import { openStage } from './support/stage.tsx'

const word = () => document.querySelector<HTMLButtonElement>('.defined button')
const frame = () => document.querySelector<HTMLElement>('.defined')
const isOpen = () => document.querySelector('[role=tooltip]')?.getAttribute('data-open') === 'true'
const tell = (event: Event, at: EventTarget | null = frame()) =>
  act(() => {
    at?.dispatchEvent(event)
  })

async function draw(onPress?: () => void) {
  const { draw: put } = await openStage()
  await put(
    <Defined term="median" onPress={onPress}>
      Median
    </Defined>,
  )
}

describe('M125 a definition', () => {
  it('belongs to its word for who does not see it', async () => {
    await draw()
    const told = document.getElementById(word()?.getAttribute('aria-describedby') ?? '')
    expect(told?.textContent).toBe(en.termMedian)
  })

  it('comes with a pointer that rests on the word, and goes with it', async () => {
    await draw()
    await tell(new PointerEvent('pointerenter', { pointerType: 'mouse' }))
    expect(isOpen()).toBe(true)
    await tell(new PointerEvent('pointerleave', { pointerType: 'mouse' }))
    expect(isOpen()).toBe(false)
  })

  it('comes with a touch, and goes with one beside it', async () => {
    await draw()
    await tell(new PointerEvent('pointerdown', { pointerType: 'touch', bubbles: true }), word())
    await act(() => word()?.click())
    await tell(new PointerEvent('pointerleave', { pointerType: 'touch' }))
    expect(isOpen()).toBe(true)
    await tell(new Event('pointerdown', { bubbles: true }), document.body)
    expect(isOpen()).toBe(false)
  })

  it('goes with Escape, which does nothing else then', async () => {
    await draw()
    const others = vi.fn()
    document.body.addEventListener('keydown', others)
    await act(() => word()?.click())
    await tell(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }), word())
    expect([isOpen(), others.mock.calls.length]).toEqual([false, 0])
    await tell(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }), word())
    expect(others).toHaveBeenCalledTimes(1)
    document.body.removeEventListener('keydown', others)
  })

  it('stands at the head of a column that can be put in order', async () => {
    const columns: [Column<number>, ...Column<number>[]] = [
      { id: 'name', name: 'Name', by: String, cell: String },
      { id: 'value', name: 'Value', by: (n) => n, cell: String, means: { term: 'p90' } },
    ]
    const { draw: put } = await openStage()
    await put(<Sortable label="Few" rows={[1, 2]} keyOf={String} columns={columns} begin="value" />)
    const values = () => [...document.querySelectorAll('td')].map(({ textContent }) => textContent)
    expect(document.querySelector('th [role=tooltip]')?.textContent).toBe(en.termP90)
    expect(values()).toEqual(['2', '1'])
    await act(() => word()?.click())
    expect(values()).toEqual(['1', '2'])
  })
})

describe('M126 a line of figures', () => {
  it('leads by each of them to what it counts, and has one stop for keys', async () => {
    const figures = { n: 9, p50: 1, p90: 2, mean: 3, max: 4, censored: 0, withinTarget: 1 }
    const none = { ...figures, n: 0, p50: null, p90: null, mean: null, max: null, withinTarget: null }
    const times = responseTimes({
      ...{ from: 0, to: 1, now: 1, timeZone: 'UTC', clock: 'wall' as never, aiming: {} as never },
    }).answer()
    const measures = { ...times.measures, response: figures, wait: none }
    const { draw: put } = await openStage()
    await put(
      <ProvideScope value={{ view: {}, query: {} as never, reader: { zone: 'UTC', calendar: 'gregorian' } }}>
        <MeasuresTable measures={measures} />
      </ProvideScope>,
    )
    const lineOf = (name: string) =>
      [...document.querySelectorAll('tbody tr')].find((row) => row.textContent?.startsWith(name))
    const links = [...(lineOf(en.responseTimes)?.querySelectorAll('td a') ?? [])]
    expect(links.map((link) => link.getAttribute('href'))).toEqual(
      Array.from({ length: 6 }, () => '#/reports/turns?figure=response'),
    )
    expect(links.filter((link) => link.getAttribute('tabindex') !== '-1')).toHaveLength(1)
    expect(lineOf(en.waitInQueue)?.querySelectorAll('td a')).toHaveLength(0)
  })
})
