// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Query } from '../../agent-console/connection/api.ts'
import { ReportsScreen } from '../../agent-console/reports/reports-screen.tsx'
import { parseRoute } from '../../agent-console/state/route.ts'
import { en } from '../../agent-console/ui/texts/en.ts'
import { failure, success } from '../../shared/result.ts'
import { siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const buyers = { id: 'Buyers', siteId, name: 'Who buys', when: [] }

/** Reports that never come: what they were asked for is all that matters here. */
async function lookAt(segment?: string) {
  const asked: [path: string, query: Query][] = []
  const get = async (path: string, query: Query = {}) => {
    asked.push([path, query])
    if (path === '/segments') return success({ items: [buyers], nextCursor: null }) as never
    return failure('unavailable', 'Later.') as never
  }
  const { draw } = await openStage({}, { get })
  await draw(<ReportsScreen segment={segment} />)
  const of = (name: string) =>
    asked.filter(([path]) => path === `/reports/${name}`).map(([, query]) => query.segment)
  return { of }
}

const picker = () => document.querySelector<HTMLSelectElement>(`[aria-label="${en.filterSegment}"]`)

describe('reports of one segment', () => {
  beforeEach(() => location.replace('#/reports'))

  it('M16 are asked for it, all but those of messages', async () => {
    const { of } = await lookAt('Buyers')
    expect([of('response-times'), of('satisfaction')]).toEqual([['Buyers'], ['Buyers']])
    expect(of('proactive')).toEqual([undefined])
    expect(document.body.textContent).toContain(en.segmentReport)
  })

  it('M17 are chosen by an address', async () => {
    await lookAt()
    expect(document.body.textContent).not.toContain(en.segmentReport)
    const select = picker()
    expect([...(select?.options ?? [])].map(({ text }) => text)).toEqual([en.anySegment, 'Who buys'])
    await act(() => {
      if (!select) return
      select.value = 'Buyers'
      select.dispatchEvent(new Event('change', { bubbles: true }))
    })
    expect(parseRoute(location.hash)).toEqual({ screen: 'reports', segment: 'Buyers' })
  })

  it('M17 are not those of everybody when it is gone', async () => {
    await lookAt('Sellers')
    await expect.poll(() => document.body.textContent).toContain(en.segmentGone)
    expect(document.querySelector('.reports')).toBeNull()
    expect(picker()?.value).toBe('Sellers')
  })
})
