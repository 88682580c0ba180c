// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { newRule } from '../../agent-console/proactive/draft.ts'
import { Trying } from '../../agent-console/proactive/trying.tsx'
import { success } from '../../shared/result.ts'
import { guest } from '../shared/crowd.ts'
import { siteId } from '../shared/story.ts'
import { settle } from './support/fake-link.ts'
import { openStage } from './support/stage.tsx'

afterEach(() => void vi.useRealTimers())

const box = () => document.querySelector<HTMLInputElement>('.trying input[type=search]')

/** The form beside a rule, on a site with so many people, or more than a list takes. */
async function openTrying(nextCursor: string | null) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const asked: unknown[] = []
  const get = async (_path: string, query?: unknown) => {
    asked.push(query)
    return success({ items: [guest(1, { name: 'Mina' })], nextCursor } as never)
  }
  const { draw } = await openStage({}, { get })
  await draw(<Trying rule={newRule(siteId)} id={null} />)
  await act(settle)
  return asked
}

it('T128 a rule is tried on whoever is searched for, where there are more than a list takes', async () => {
  const asked = await openTrying('more')
  const search = box()
  if (!search) throw new Error('Nobody can be searched for.')
  search.value = 'sara '
  await act(() => void search.dispatchEvent(new Event('input', { bubbles: true })))
  await act(async () => void (await vi.advanceTimersByTimeAsync(300)))
  expect(asked.at(-1)).toMatchObject({ search: 'sara' })
})

it('T128 and where all are in the list there is nothing to search for', async () => {
  await openTrying(null)
  expect(box()).toBeNull()
})
