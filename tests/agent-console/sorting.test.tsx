// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { expect, it } from 'vitest'
import type { Api } from '../../agent-console/connection/api.ts'
import { Score } from '../../agent-console/person/score.tsx'
import { SegmentsCard } from '../../agent-console/settings/segments-card.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { failure, success } from '../../shared/result.ts'
import { minute, siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const press = async (name: string) => {
  await act(() =>
    all('button')
      .find((one) => (one.getAttribute('aria-label') ?? one.textContent)?.includes(name))
      ?.click(),
  )
  await settle()
}
const settle = async () => {
  for (let turn = 0; turn < 4; turn++) await act(async () => undefined)
}

const answers = (segments: object[], sent: string[]): Partial<Api> => ({
  get: async (path: string) =>
    success((path === '/segments' ? { items: segments, unreadable: [] } : { items: [] }) as never),
  send: async (method: string, path: string, body?: object) => {
    if (path === '/rules/matching') return success({ live: 5, matching: 2, undecided: 0 } as never)
    sent.push(`${method} ${path} ${JSON.stringify(body ?? '')}`)
    return method === 'DELETE'
      ? (failure('conflict', 'asked for by the rule “Welcome”') as never)
      : success({} as never)
  },
})

it('T19 a segment begins from an example, and is kept as it was changed', async () => {
  const sent: string[] = []
  const { draw } = await openStage({}, answers([], sent))
  await draw(<SegmentsCard siteId={siteId} />)
  await settle()
  await press(en.exampleBack)
  expect(document.activeElement).toBe(all('input').find((one) => one.id !== ''))
  await press(en.save)
  expect(sent[0]).toContain('POST /segments')
  expect(sent[0]).toContain('"kind":"returning"')
})

it('T22 a segment in use stays, and says what uses it', async () => {
  const segment = { id: 'Back', siteId, name: 'Back', when: [{ kind: 'returning', is: true }] }
  const { draw } = await openStage({}, answers([segment], []))
  await draw(<SegmentsCard siteId={siteId} />)
  await settle()
  expect(all('.tag').map((one) => one.textContent)).toEqual(['2 now'])
  await press('Remove Back')
  expect(all('[role=alert]')[0]?.textContent).toContain('“Welcome”')
})

it('T20 a score is told with its reasons in words', async () => {
  const { draw } = await openStage()
  const at = Date.now() - 3 * minute
  await draw(
    <Score score={{ points: 18, reasons: [{ name: 'saw the prices', points: 20, left: 18, at }] }} />,
  )
  expect(all('.score-reasons li')[0]?.textContent?.replace(/[\u2068\u2069]/g, '')).toBe(
    '+20 saw the prices, 3 min. ago, 18 left',
  )
})
