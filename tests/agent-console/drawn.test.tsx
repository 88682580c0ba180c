// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { expect, it } from 'vitest'
import { ConditionsEditor } from '../../agent-console/conditions/conditions-editor.tsx'
import type { RuleNode } from '../../shared/triggers/rule.ts'
import { siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const first = { kind: 'url', glob: '/a' } as const
const second = { kind: 'exitIntent' } as const

/** An editor whose first condition is drawn below the second by the finger of this number. */
async function openDrawn(pointerId: number) {
  const { draw } = await openStage()
  let when: readonly RuleNode[] = [first, second]
  const show = (): Promise<void> =>
    draw(
      <ConditionsEditor
        when={when}
        site={siteId}
        onChange={(next) => {
          when = next
          void show()
        }}
      />,
    )
  await show()
  const point = (type: string, clientY: number, by = pointerId, from = 'all') =>
    act(() => {
      const at = type === 'pointerdown' || from === 'handle' ? '[data-handle]' : '.conditions'
      const how = { pointerId: by, clientY, button: 0, buttons: type === 'pointerup' ? 0 : 1, bubbles: true }
      document.querySelector(at)?.dispatchEvent(new PointerEvent(type, how))
    })
  await point('pointerdown', -20)
  await point('pointermove', 20)
  return { point, when: () => when }
}

const dragged = () => document.querySelectorAll('.dragged').length

it('K43 a condition is drawn by the finger that holds it; another one anywhere changes nothing', async () => {
  const { point, when } = await openDrawn(1)
  expect([when(), dragged()]).toEqual([[second, first], 1])
  for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel']) await point(type, -40, 2)
  expect([when(), dragged()]).toEqual([[second, first], 1])
  await point('lostpointercapture', 20, 1, 'handle')
  expect(dragged()).toBe(1)
  await point('pointermove', -30)
  expect(when()).toEqual([first, second])
  await point('pointermove', 20)
  await point('pointerup', 20)
  await point('lostpointercapture', 20)
  expect([when(), dragged()]).toEqual([[second, first], 0])
})

it.each(['pointercancel', 'lostpointercapture'])('K43 %s puts it back', async (type) => {
  const { point, when } = await openDrawn(1)
  await point(type, 20)
  expect([when(), dragged()]).toEqual([[first, second], 0])
})

it('K43 Escape puts it back, and does nothing else then', async () => {
  const { point, when } = await openDrawn(1)
  const heard: Event[] = []
  const hear = (event: Event) => void heard.push(event)
  document.body.addEventListener('keydown', hear)
  const pressEscape = () =>
    act(
      () => void document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
    )
  await pressEscape()
  expect([when(), dragged(), heard.length]).toEqual([[first, second], 0, 0])
  await point('pointermove', 20)
  await point('pointerup', 20)
  expect(when()).toEqual([first, second])
  await pressEscape()
  expect(heard).toHaveLength(1)
  document.body.removeEventListener('keydown', hear)
})
