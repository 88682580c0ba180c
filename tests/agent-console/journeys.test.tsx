// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import * as v from 'valibot'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Query } from '../../agent-console/connection/api.ts'
import { ReportsScreen } from '../../agent-console/reports/reports-screen.tsx'
import { JourneyCard } from '../../agent-console/settings/journey-card.tsx'
import { SiteForm } from '../../agent-console/settings/site-form.tsx'
import type { ReportView } from '../../agent-console/state/report-view.ts'
import { parseRoute } from '../../agent-console/state/route.ts'
import { en } from '../../agent-console/ui/texts/en.ts'
import { SiteKey } from '../../shared/ids.ts'
import { day } from '../../shared/limits.ts'
import { journeys } from '../../shared/metrics/journeys/fold.ts'
import type { Journeys } from '../../shared/metrics/journeys/question.ts'
import { usualStages } from '../../shared/metrics/journeys/stages.ts'
import { failure, success } from '../../shared/result.ts'
import type { Site } from '../../shared/workspace.ts'
import { siteId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const settle = async () => {
  for (let turn = 0; turn < 4; turn++) await act(async () => undefined)
}

/** Thirty visitors, of whom each third one puts something into the cart and writes. */
function lively(): Journeys {
  const report = journeys({
    ...{ from: 0, to: 7 * day, now: 60 * day, timeZone: 'UTC', of: {}, stages: {} },
    segments: [{ id: 'Buyers', siteId, churnDays: 14 }],
  })
  const cart = report.page(siteId, '/cart')
  const home = report.page(siteId, '/')
  for (let visitor = 0; visitor < 30; visitor++) {
    const who = { visitor, siteId, device: null, language: null }
    report.sighting({ ...who, visit: visitor, segments: visitor < 12 ? ['Buyers'] : [], at: day })
    report.view(visitor % 3 === 0 ? cart : home, day, 4_000)
    if (visitor % 3 === 0) report.chat(day, [])
  }
  return report.answer()
}

const empty = (): Journeys =>
  journeys({ from: 0, to: day, now: day, timeZone: 'UTC', of: {}, stages: {}, segments: [] }).answer()

async function lookAt(report: Journeys, view: ReportView = {}, notApplied: string[] = []) {
  const asked: Query[] = []
  const get = async (path: string, query: Query = {}) => {
    if (path === '/segments')
      return success({
        items: [{ id: 'Buyers', siteId, name: 'Who buys', when: [] }],
        nextCursor: null,
      }) as never
    if (path !== '/reports/journeys') return failure('unavailable', 'Later.') as never
    asked.push(query)
    return success({ ...report, notApplied }) as never
  }
  const { draw } = await openStage({}, { get })
  await draw(<ReportsScreen view={{ ...view, part: 'journeys' }} />)
  await settle()
  return { asked }
}

const rowsOf = (label: string) =>
  all(`table[aria-label="${label}"] tbody tr`).map((row) =>
    [...row.children].map(({ textContent }) => textContent ?? ''),
  )

describe('the report of journeys', () => {
  beforeEach(() => location.replace('#/reports'))

  it('M94 has the figures of the interface, each chart with a table behind it', async () => {
    const report = lively()
    const { asked } = await lookAt(report, { compare: 'previous' })
    expect(asked).toMatchObject([{ compare: 'previous' }])
    expect(rowsOf(en.journeyStages).map(([name, visitors]) => [name, visitors])).toEqual([
      [en.stageAware, '30'],
      [en.stageConsider, '10'],
      [en.stageDecide, '10'],
      [en.stageBuy, '0'],
      [en.stageUse, '0'],
      [en.stageStay, '0'],
    ])
    expect(rowsOf(en.journeyMostLooked).map(([page, views]) => [page, views])).toEqual([
      ['/', '20'],
      ['/cart', '10'],
    ])
    expect(rowsOf(en.journeySideBySide).map(([who]) => who)).toContain('Segment: Who buys')
    expect(rowsOf(en.journeyChurn)).toMatchObject([['Who buys', '14 days', '0', expect.anything(), '–', '–']])
    for (const chart of all('svg[role=img]'))
      expect(chart.closest('.card')?.querySelector('details table')).not.toBeNull()
  })

  it('M94 tells what each of its measures means, one press of Tab away', async () => {
    await lookAt(lively())
    const told = all('.defined .definition').map(({ textContent }) => textContent ?? '')
    for (const meaning of [
      'DropOff',
      'TimeOnPage',
      'Exit',
      'PagesBeforeChat',
      'Returned',
      'Churned',
    ] as const)
      expect(told.join(' ')).toContain(en[`meaning${meaning}`])
  })

  it('M94 says what there will be where nobody was seen', async () => {
    await lookAt(empty())
    expect(document.body.textContent).toContain(en.journeysNone)
    expect(all('.headline')).toEqual([])
  })

  it('M88 names what narrows nothing, and offers only what does', async () => {
    await lookAt(lively(), { team: 'sales' }, ['team', 'clock'])
    expect(document.body.textContent).toContain(en.filterTeam)
    expect(document.body.textContent).toContain('Not applied here')
    await act(() =>
      all('button')
        .find(({ textContent }) => textContent?.startsWith(en.filters))
        ?.click(),
    )
    expect(all(`[aria-label="${en.filterDevice}"]`)).toHaveLength(1)
    expect(all(`[aria-label="${en.filterAgent}"]`)).toHaveLength(0)
  })

  it('M70 stands in the address', () => {
    expect(parseRoute('#/reports/journeys?device=phone')).toEqual({
      screen: 'reports',
      view: { part: 'journeys', device: 'phone' },
    })
  })
})

const site: Site = {
  ...{
    id: siteId,
    key: v.parse(SiteKey, 'demo'),
    name: 'Shop',
    createdAt: 0,
    origins: ['https://shop.example'],
  },
  ...{ locale: 'en', accent: '#0f766e', side: 'end', greeting: {}, replyTime: {}, calendar: 'Office' },
}

describe('the stages of a journey', () => {
  it('M93 begin with the usual signs, and are sent back with all else of their site', async () => {
    const sent: { path: string; body: unknown }[] = []
    const { draw } = await openStage(
      {},
      {
        get: async () =>
          success({
            items: [{ id: 'Buyers', siteId, name: 'Who buys', when: [] }],
            nextCursor: null,
          } as never),
        send: async (method: string, path: string, body?: object) => {
          sent.push({ path: `${method} ${path}`, body })
          return success({ ...site, ...body } as never)
        },
      },
    )
    await draw(<JourneyCard site={site} onSaved={() => undefined} />)
    await settle()
    const [, , , buy] = all('.journey-stage')
    expect(buy?.querySelectorAll('.journey-mark')).toHaveLength(4)
    await act(() => buy?.querySelector<HTMLElement>('.journey-mark button')?.click())
    await act(() => [...(buy?.querySelectorAll('button') ?? [])].at(-1)?.click())
    await act(
      () => void all('form')[0]?.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true })),
    )
    await settle()
    expect(sent).toMatchObject([
      {
        path: `PUT /sites/${siteId}`,
        body: {
          ...{ name: 'Shop', calendar: 'Office' },
          journey: {
            stages: {
              aware: [{ by: 'page', glob: '*' }],
              buy: [{ name: 'order placed' }, { by: 'page' }, { by: 'page' }, { by: 'page', glob: '/' }],
            },
          },
        },
      },
    ])
    expect(document.body.textContent).toContain('When is a customer of Who buys lost?')
  })

  it('M93 are not sent by the form of their site, nor the days of a segment that is gone', async () => {
    const sent: unknown[] = []
    const { draw } = await openStage(
      {},
      {
        get: async () =>
          success({
            items: [{ id: 'Buyers', siteId, name: 'Who buys', when: [] }],
            nextCursor: null,
          } as never),
        send: async (_method: string, _path: string, body?: object) => {
          sent.push(body)
          return success({ ...site, ...body } as never)
        },
      },
    )
    const held = { ...site, journey: { stages: usualStages, churnDays: { Buyers: 9, Gone: 5 } } }
    await draw(
      <>
        <SiteForm site={held} onSaved={() => undefined} />
        <JourneyCard site={held} onSaved={() => undefined} />
      </>,
    )
    await settle()
    for (const form of all('form'))
      await act(() => void form.dispatchEvent(new Event('submit', { cancelable: true, bubbles: true })))
    await settle()
    expect(sent).toMatchObject([{ name: 'Shop' }, { name: 'Shop' }])
    expect(sent[0]).not.toHaveProperty('journey')
    expect(sent[1]).toHaveProperty('journey.churnDays', { Buyers: 9 })
  })
})
