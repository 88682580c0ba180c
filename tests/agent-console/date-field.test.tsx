// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { expect, it } from 'vitest'
import { DateField } from '../../agent-console/calendar/date-field.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { openStage } from './support/stage.tsx'

const field = (label: string) => {
  const found = [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')].find(
    (one) => one.getAttribute('aria-label') === label,
  )
  if (!found) throw new Error(label)
  return found
}

const put = (label: string, value: string) =>
  act(() => {
    field(label).value = value
    field(label).dispatchEvent(new Event('change', { bubbles: true }))
  })

it('M113 a single date is given in the calendar that is chosen, in whatever digits', async () => {
  const { draw } = await openStage()
  const given: string[] = []
  await draw(<DateField label="" value="2026-03-21" onChange={(date) => given.push(date)} />)
  expect(field(en.dayYear).value).toBe('2026')
  await put(en.calendarKind, 'jalali')
  expect(field(en.dayYear).value).toBe('1405')
  await put(en.dayYear, '۱۴۰۶')
  await put(en.dayMonth, '7')
  await put(en.calendarKind, 'hijri')
  await put(en.dayYear, '١٤٤٨')
  expect(given).toEqual(['2027-03-21', '2026-09-23', '2027-03-10'])
  for (const wrong of ['', 'soon', '-5', '99999']) await put(en.dayYear, wrong)
  expect(given).toHaveLength(3)
  expect(field(en.dayYear).value).toBe('1447')
})
