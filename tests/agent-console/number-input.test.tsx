// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { expect, it } from 'vitest'
import { NumberInput } from '../../agent-console/ui/number-input.tsx'
import { openStage } from './support/stage.tsx'

const field = () => {
  const found = document.querySelector('input')
  if (!found) throw new Error('There is no field')
  return found
}

const write = (text: string) =>
  act(() => {
    field().value = text
    field().dispatchEvent(new Event('input', { bubbles: true }))
  })

it('C28 a number is taken in whatever digits, and what does not fit stays and holds its form back', async () => {
  const { draw } = await openStage()
  const taken: (number | undefined)[] = []
  await draw(<NumberInput value={30} range={[1, 366]} onChange={(value) => taken.push(value)} />)
  expect(field().value).toBe('30')
  for (const text of ['۱۴', '٢٨', '7']) await write(text)
  expect(taken).toEqual([14, 28, 7])
  await write('367')
  expect(field().value).toBe('367')
  expect(field().validationMessage).toBe('A whole number from 1 to 366')
  await write('366')
  expect(field().validationMessage).toBe('')
  expect(taken).toEqual([14, 28, 7, 366])
})

it('C28 a number that may be left out is gone when its field is emptied', async () => {
  const { draw } = await openStage()
  const taken: (number | undefined)[] = []
  const more = { optional: true, usual: 90, range: [1, 3_650] } as const
  await draw(<NumberInput {...more} value={undefined} onChange={(value) => taken.push(value)} />)
  expect(field().placeholder).toBe('90')
  await write('60')
  await write('')
  expect(taken).toEqual([60, undefined])
  expect(field().validationMessage).toBe('')
})
