// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Query } from '../../agent-console/connection/api.ts'
import { ReportsScreen } from '../../agent-console/reports/reports-screen.tsx'
import type { ReportView } from '../../agent-console/state/report-view.ts'
import { parseRoute } from '../../agent-console/state/route.ts'
import { en } from '../../agent-console/ui/texts/en.ts'
import { failure, success } from '../../shared/result.ts'
import { siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const buyers = { id: 'Buyers', siteId, name: 'Who buys', when: [] }

/** Reports that never come: what they were asked for is all that matters here. */
async function lookAt(view: ReportView = {}) {
  const asked: [path: string, query: Query][] = []
  const get = async (path: string, query: Query = {}) => {
    asked.push([path, query])
    if (path === '/segments') return success({ items: [buyers], nextCursor: null }) as never
    return failure('unavailable', 'Later.') as never
  }
  const { draw } = await openStage({}, { get })
  await draw(<ReportsScreen view={view} />)
  const of = (name: string) =>
    asked.filter(([path]) => path === `/reports/${name}`).map(([, query]) => query.segment)
  return { of }
}

const press = (name: string) =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === name)?.click()
const picker = () => document.querySelector<HTMLSelectElement>(`[aria-label="${en.filterSegment}"]`)

describe('reports of one segment', () => {
  beforeEach(() => location.replace('#/reports'))

  it('M16 are asked for it, those of messages as well', async () => {
    const { of } = await lookAt({ segment: 'Buyers' })
    expect(of('overview')).toEqual(['Buyers'])
    expect(document.body.textContent).toContain(en.segmentReport)
    const messages = await lookAt({ segment: 'Buyers', part: 'proactive' })
    expect(messages.of('proactive')).toEqual(['Buyers'])
    // The words under the other reports speak of chats; this one counts people.
    expect(document.body.textContent).not.toContain(en.segmentReport)
  })

  it('M17 are chosen by an address', async () => {
    await lookAt()
    expect(document.body.textContent).not.toContain(en.segmentReport)
    await act(() => press(en.filters))
    await expect.poll(() => picker()?.options.length).toBe(2)
    const select = picker()
    expect([...(select?.options ?? [])].map(({ text }) => text)).toEqual([en.anySegment, 'Who buys'])
    await act(() => {
      if (!select) return
      select.value = 'Buyers'
      select.dispatchEvent(new Event('change', { bubbles: true }))
    })
    expect(parseRoute(location.hash)).toEqual({
      screen: 'reports',
      view: { segment: 'Buyers' },
    })
  })

  it('M17 are not those of everybody when it is gone', async () => {
    await lookAt({ segment: 'Sellers' })
    await expect.poll(() => document.body.textContent).toContain(en.segmentGone)
    expect(document.querySelector('.reports')).toBeNull()
    expect(picker()?.value).toBe('Sellers')
  })
})
