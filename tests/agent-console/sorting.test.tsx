// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { expect, it } from 'vitest'
import type { Api } from '../../agent-console/connection/api.ts'
import { Score } from '../../agent-console/person/score.tsx'
import { ScoreCard } from '../../agent-console/settings/score-card.tsx'
import { SegmentsCard } from '../../agent-console/settings/segments-card.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { failure, success } from '../../shared/result.ts'
import type { LeadScore } from '../../shared/triggers/score.ts'
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
const submit = async () => {
  await act(() => {
    all('form')[0]?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true }))
  })
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
      ? (failure('conflict', 'asked for', {
          refusal: { is: 'inUse', by: [{ what: 'rule', name: 'Welcome' }] },
        }) as never)
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
  expect(all('[role=alert]')[0]?.textContent).toMatch(/the message “.Welcome.”/)
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

const score = (name: string): LeadScore => ({
  halfLifeSeconds: 3_600,
  parts: [{ id: 'one', name, points: 5, when: [{ kind: 'returning', is: true }] }],
})
const reason = () => {
  const input = all(`[aria-label="${en.scoreReason}"]`)[0]
  if (input instanceof HTMLInputElement) return input
  throw new Error('nothing is written')
}
const writes = async (text: string) => {
  await act(() => {
    reason().value = text
    reason().dispatchEvent(new Event('input', { bubbles: true }))
  })
}

it('T20 a score that is being written stays, whatever else is changed meanwhile, and is told as kept', async () => {
  let kept = score('Came back')
  const { draw, link } = await openStage(
    {},
    {
      get: async () => success(kept as never),
      send: async (_method: string, _path: string, body?: object) => {
        if (body) kept = body as LeadScore
        return success(kept as never)
      },
    },
  )
  const changed = async () => {
    await act(() => link.announce('workspace:changed', {} as never))
    await settle()
  }
  await draw(<ScoreCard siteId={siteId} />)
  await settle()
  await writes('Came again')
  await changed()
  expect(reason().value).toBe('Came again')
  await submit()
  await changed()
  expect(reason().value).toBe('Came again')
  expect(document.body.textContent).toContain(en.saved)
  kept = score('Bought before')
  await changed()
  expect(reason().value).toBe('Bought before')
})

it('T19 a segment is sent once, however often Save is pressed before it is answered', async () => {
  let sent = 0
  const never = new Promise<never>(() => undefined)
  const { draw } = await openStage(
    {},
    {
      ...answers([], []),
      send: async (_method: string, path: string) => {
        if (path === '/segments') sent++
        return never
      },
    },
  )
  await draw(<SegmentsCard siteId={siteId} />)
  await settle()
  await press(en.exampleBack)
  await press(en.save)
  await press(en.save)
  expect(sent).toBe(1)
})
