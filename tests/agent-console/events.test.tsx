// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { Events } from '../../agent-console/person/events.tsx'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]

it('V9 shows what happened in a visit, and how often where it was more than once', async () => {
  const { draw } = await openStage()
  await draw(
    <Events
      events={[
        { name: 'به سبد افزود', count: 3, at: 2_000 },
        { name: 'size chosen', count: 1, at: 1_000 },
      ]}
    />,
  )
  expect(all('dt bdi').map((one) => one.textContent)).toEqual(['به سبد افزود', 'size chosen'])
  expect(all('.event-count').map((one) => one.textContent)).toEqual(['3 times'])
  await draw(<Events events={[]} />)
  expect(all('section')).toEqual([])
})
