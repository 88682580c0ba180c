// @vitest-environment happy-dom
import fc from 'fast-check'
import { render } from 'preact'
import { describe, expect, it } from 'vitest'
import { AgentsSection } from '../../agent-console/reports/agents-section.tsx'
import { Chart } from '../../agent-console/reports/chart.tsx'
import { OverviewSection } from '../../agent-console/reports/overview.tsx'
import { narrowingOf } from '../../agent-console/reports/report-query.ts'
import { ProvideScope } from '../../agent-console/reports/report-scope.tsx'
import { ResponseSection } from '../../agent-console/reports/response-section.tsx'
import { SatisfactionSection } from '../../agent-console/reports/satisfaction-section.tsx'
import { VolumeSection } from '../../agent-console/reports/volume-section.tsx'
import { type ReportView, reportViewIn } from '../../agent-console/state/report-view.ts'
import { en } from '../../agent-console/ui/texts/en.ts'
import type { CasesWanted } from '../../shared/metrics/case-figures.ts'
import { overview } from '../../shared/metrics/overview.ts'
import { waitBounds } from '../../shared/metrics/response-times.ts'
import { anyReport, askingOf, factsOf, openedOf, toldOf } from '../shared/metrics/any-report.ts'
import { agentId, omid, sara } from '../shared/story.ts'
import { figuresOf, type Told } from '../support/figures-opened.ts'
import { openStage } from './support/stage.tsx'

const query = { from: '2026-03-01', to: '2026-03-08', site: null }
const reader = { zone: 'UTC', calendar: 'gregorian' } as const

/** What the server makes of a link's words; its own test holds the two together. */
function wantedIn(href: string): CasesWanted {
  const [part = '', search = ''] = href.replace('#/reports/', '').split('?')
  const view = reportViewIn(part, search)
  const { figure, bucket, by, key } = view
  if (figure === undefined) throw new Error(`${href} opens no figure`)
  const asked = narrowingOf(view)
  const number = (name: string) => (asked[name] === undefined ? {} : { [name]: Number(asked[name]) })
  const index =
    bucket === undefined ? -1 : bucket === 'more' ? waitBounds.length : waitBounds.indexOf(Number(bucket))
  const [longerThan, upTo] = [waitBounds[index - 1], waitBounds[index]]
  return {
    figure,
    ...(bucket !== undefined && longerThan !== undefined && { longerThan }),
    ...(bucket !== undefined && upTo !== undefined && { upTo }),
    ...(view.day !== undefined && { day: view.day }),
    ...{ ...number('weekday'), ...number('hour'), ...number('answer') },
    ...(by !== undefined && { by: { respect: by, key: key ?? null } }),
    ...(view.outcome !== undefined && { outcome: view.outcome === 'yes' }),
    ...(view.unanswered !== undefined && { unanswered: true }),
    ...(view.state !== undefined && { state: view.state }),
  }
}

const sections = (told: Told, view: ReportView) => {
  const { times, said, volume, agents } = told
  const headlines = overview({ responseTimes: times, volume, csat: said.csat })
  return (
    <ProvideScope value={{ view, query, reader }}>
      <OverviewSection report={headlines} />
      <ResponseSection report={times} />
      <SatisfactionSection report={{ ...said, followUps: null }} />
      <VolumeSection report={volume} />
      <AgentsSection agents={agents.agents} before={undefined} />
    </ProvideScope>
  )
}

it('M125 the mean of ratings is explained as one of ratings, not of lengths of time', async () => {
  const { draw } = await openStage({}, { get: async () => ({ ok: false }) as never })
  const [report] = fc.sample(anyReport, { seed: 125, numRuns: 1 })
  if (!report) throw new Error('There is no report')
  const { said } = toldOf(factsOf(report.records), askingOf(report))
  const view: ReportView = { part: 'satisfaction' }
  const rated = { ...said, followUps: null, csat: { ...said.csat, answered: 30, mean: 4.2 } }
  await draw(
    <ProvideScope value={{ view, query, reader }}>
      <SatisfactionSection report={rated} />
    </ProvideScope>,
  )
  const means = [...document.querySelectorAll('dt')].filter((one) =>
    one.querySelector('button')?.textContent?.startsWith(en.mean),
  )
  const told = new Set(means.map((one) => one.querySelector('[role=tooltip]')?.textContent))
  expect(told).toEqual(new Set([en.termMeanRating]))
  render(null, document.body)
})

it('M9 a ninetieth percentile of fewer than five is told nowhere, by day and by agent neither', async () => {
  const { draw } = await openStage({}, { get: async () => ({ ok: false }) as never })
  const [few, many] = [4, 5].map((n) => ({
    ...{ n, p50: 60_000, p90: 120_000, mean: 80_000, max: 120_000, censored: 0, withinTarget: null },
  }))
  if (!few || !many) throw new Error('There are no figures')
  const rest = { turns: 9, closed: 0, csat: { n: 0, score: null, low: null, high: null } }
  const agents = [few, many].map((all, i) => ({
    ...{ ...rest, agentId: agentId(i === 0 ? omid : sara), response: all, firstResponse: all, handle: all },
  }))
  const days = [few, many].map((all, i) => ({ ...all, day: `2026-03-0${i + 1}` }))
  const view: ReportView = { part: 'responses' }
  await draw(
    <ProvideScope value={{ view, query, reader }}>
      <Chart points={days} />
      <AgentsSection agents={agents} before={agents} />
    </ProvideScope>,
  )
  const p90s = (table: string, column: number) =>
    [...document.querySelectorAll(`${table} tbody tr`)].map((row) => row.children[column]?.textContent)
  expect(p90s('.chart table', 3)).toEqual(['–', 'Mar 2: 2 min'])
  expect(p90s('[aria-labelledby=by-agent] table', 4)).toEqual(
    ['–before: –', '2 minbefore: 2 min'].map((text) => `${en.withAgent}: ${text}`),
  )
  expect(document.querySelector('.line-long')?.getAttribute('d')).not.toContain('L')
  render(null, document.body)
})

const links = () => [...document.querySelectorAll<HTMLAnchorElement>('a[href*="figure="]')]

describe('M111 what the screen says', () => {
  it('leads from every number to a list of just as many', async () => {
    const { draw } = await openStage({}, { get: async () => ({ ok: false }) as never })
    for (const report of fc.sample(anyReport, { seed: 111, numRuns: 4 })) {
      const facts = factsOf(report.records)
      const asking = askingOf(report)
      const view = { clock: report.clock, part: 'responses' as const, site: undefined }
      await draw(sections(toldOf(facts, asking), view))
      const counted = links().filter((link) => link.dataset.n)
      const wrong = counted.flatMap((link) => {
        const wanted = wantedIn(link.getAttribute('href') ?? '')
        const { amount } = openedOf(facts, asking, wanted)
        return amount === Number(link.dataset.n) ? [] : [`${link.href} says ${link.dataset.n}, not ${amount}`]
      })
      expect(wrong).toEqual([])
      expect(links().every((link) => link.href.includes(`clock=${report.clock}`))).toBe(true)
      render(null, document.body)
    }
  })

  it('has every time to the millisecond as it comes out of the list it leads to', async () => {
    const { draw } = await openStage({}, { get: async () => ({ ok: false }) as never })
    let seen = 0
    for (const report of fc.sample(anyReport, { seed: 112, numRuns: 6 })) {
      const facts = factsOf(report.records)
      const asking = askingOf(report)
      await draw(sections(toldOf(facts, asking), { clock: report.clock }))
      for (const row of document.querySelectorAll('table[aria-labelledby=all-measures] tbody tr')) {
        const link = row.querySelector<HTMLAnchorElement>('a[href*="figure="]')
        if (!link) continue
        const { items } = openedOf(facts, asking, wantedIn(link.getAttribute('href') ?? ''))
        const { n, p50, p90, mean, max } = figuresOf(items.map(({ measured }) => measured[report.clock]))
        const said = [...row.querySelectorAll('data')].map((one) => Number(one.getAttribute('value')))
        const known = Number(n) < 5 ? [p50, mean, max] : [p50, p90, mean, max]
        expect(said).toEqual(known)
        seen++
      }
      render(null, document.body)
    }
    expect(seen).toBeGreaterThan(10)
  })
})
