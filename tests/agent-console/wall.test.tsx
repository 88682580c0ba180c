// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { describe, expect, it } from 'vitest'
import { Wall } from '../../agent-console/reports/wall.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { failure } from '../../shared/result.ts'
import { openStage } from './support/stage.tsx'

const figures = () =>
  Object.fromEntries(
    [...document.querySelectorAll('.wall-figure')].map((one) => [
      one.querySelector('h2')?.textContent,
      one.querySelector('.wall-value')?.textContent,
    ]),
  )

describe('the office screen', () => {
  it('M84 says how it stands now, and is left with Escape', async () => {
    location.replace('#/wall')
    const get = async () => failure('unavailable', 'Later.') as never
    const { draw } = await openStage({ totals: { visitors: 0, open: 3, waiting: 3 } }, { get })
    await draw(<Wall site={null} />)
    expect(figures()).toMatchObject({ [en.wallWaiting]: '3', [en.wallLongest]: '–' })
    await act(() => void document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' })))
    expect(location.hash).toBe('#/reports')
  })
})
