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
async function openTrying(...cursors: (string | null)[]) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const asked: unknown[] = []
  const get = async (_path: string, query?: unknown) => {
    const nextCursor = cursors[Math.min(asked.push(query), cursors.length) - 1]
    return success({ items: [guest(1, { name: 'Mina' })], nextCursor } as never)
  }
  const { draw } = await openStage({}, { get })
  await draw(<Trying rule={newRule(siteId)} id={null} />)
  await act(settle)
  return asked
}

async function write(text: string) {
  const search = box()
  if (!search) throw new Error('Nobody can be searched for.')
  search.value = text
  await act(() => void search.dispatchEvent(new Event('input', { bubbles: true })))
  await act(async () => void (await vi.advanceTimersByTimeAsync(300)))
}

it('T128 a rule is tried on whoever is searched for, where there are more than a list takes', async () => {
  const asked = await openTrying('more')
  await write('sara ')
  expect(asked.at(-1)).toMatchObject({ search: 'sara' })
})

it('C25 the field of the search stays when it is emptied, whatever was found before', async () => {
  const asked = await openTrying('more', null)
  const search = box()
  await write('sara')
  search?.focus()
  const drawn: boolean[] = []
  const watching = new MutationObserver(() => drawn.push(search?.isConnected ?? false))
  watching.observe(document.body, { childList: true, subtree: true })
  await write('')
  watching.disconnect()
  expect(asked).toHaveLength(3)
  expect(drawn).not.toContain(false)
  expect(document.activeElement).toBe(search)
})

it('T128 and where all are in the list there is nothing to search for', async () => {
  await openTrying(null)
  expect(box()).toBeNull()
})
