import { readFileSync } from 'node:fs'
import { safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { makeId } from '../../../shared/ids.ts'
import { journeys } from '../../../shared/metrics/journeys/fold.ts'
import { Numbering, Tally } from '../../../shared/metrics/journeys/numbering.ts'
import type { JourneyQuestion, Journeys } from '../../../shared/metrics/journeys/question.ts'
import {
  JourneySettings,
  pathOf,
  stageBits,
  usualStages,
  withDays,
} from '../../../shared/metrics/journeys/stages.ts'

const siteId = makeId('s', 1, new Uint8Array(10))
const page = readFileSync(new URL('../../../shared/metrics/journeys/README.md', import.meta.url), 'utf8')

interface Happening {
  who: number
  visit: number
  at: number
  what: { path: string; engagedMs: number | null } | { event: string } | 'writes'
  segments: string[]
}

const at = (date: string, time: string): number => Date.parse(`2026-${date}T${time}:00Z`)
const line =
  /^(\d\d-\d\d) (\d\d:\d\d) (\w+) (writes|tells (.+)|looks at (\S+)(?: for (\d+) s)?(?: in (\w+))?)$/

function readStory(script: string): { question: JourneyQuestion; story: Happening[] } {
  const now = /^now (\S+) (\S+)$/m.exec(script)
  const churn = /^churn (\w+) (\d+) days$/m.exec(script)
  const names: string[] = []
  const story = script.split('\n').flatMap((text): Happening[] => {
    const [, date = '', time = '', who = '', said = '', event, path, seconds, segment] = line.exec(text) ?? []
    if (!date) return []
    if (!names.includes(who)) names.push(who)
    const engagedMs = seconds ? Number(seconds) * 1_000 : null
    const what = said === 'writes' ? said : event ? { event } : { path: path ?? '/', engagedMs }
    const segments = segment ? [segment] : []
    return [{ who: names.indexOf(who), visit: 0, at: at(date, time), what, segments }]
  })
  story.sort((a, b) => a.at - b.at)
  const question: JourneyQuestion = {
    ...{ from: at('03-02', '00:00'), to: at('03-09', '00:00'), timeZone: 'UTC', of: {}, stages: {} },
    now: now ? at(now[1] ?? '', now[2] ?? '') : at('04-20', '00:00'),
    segments: churn ? [{ id: churn[1] ?? '', siteId, churnDays: Number(churn[2]) }] : [],
  }
  return { question, story: withVisits(story) }
}

/** Half an hour in which nothing happens ends a visit; who writes does not begin one. */
function withVisits(story: readonly Happening[]): Happening[] {
  const last = new Map<number, { at: number; visit: number }>()
  let visits = 0
  return story.map((one) => {
    const before = last.get(one.who)
    if (one.what === 'writes') return one
    const visit = before && one.at - before.at <= 1_800_000 ? before.visit : ++visits
    last.set(one.who, { at: one.at, visit })
    return { ...one, visit }
  })
}

/** As a store tells it, each happening an hour of its own: the fold does not mind. */
function told(question: JourneyQuestion, story: readonly Happening[]): Journeys {
  const report = journeys(question)
  for (const { who, visit, at, what, segments } of story) {
    if (what === 'writes') {
      report.chatOf(who, at, [])
      continue
    }
    const isAsked = report.sighting({
      visitor: who,
      visit,
      siteId,
      device: null,
      language: 'fa-IR',
      segments,
      at,
    })
    if (!isAsked) continue
    if ('event' in what) report.event(what.event, at)
    else report.view(report.page(siteId, what.path), at, what.engagedMs)
  }
  return report.answer()
}

/** By what the tables of the page call them. */
const named = (report: Journeys) => ({
  ...report,
  stages: Object.fromEntries(report.stages.map((one) => [one.stage, one])),
  pages: Object.fromEntries(report.pages.map((one) => [one.page, one])),
  groups: Object.fromEntries(report.groups.map((one) => [`${one.by} ${one.key}`, one])),
  cohorts: Object.fromEntries(report.cohorts.map((one) => [one.week, one])),
  churn: Object.fromEntries((report.churn ?? []).map((one) => [one.segment, one])),
})

const figureIn = (report: unknown, path: string): unknown =>
  path.split('.').reduce((one: unknown, name) => new Map(Object.entries(one ?? {})).get(name), report)

const examples = page.split(/^### /m).slice(1)

describe('the journeys of visitors', () => {
  it.each(examples.map((text) => [text.split('\n')[0] ?? '', text]))(
    'M85 M86 M87 M88 M89 M90 %s',
    (_, text) => {
      const { question, story } = readStory(/```journey\n([\s\S]*?)```/.exec(text)?.[1] ?? '')
      const report = named(told(question, story))
      const rows = [...text.matchAll(/^\| (\S.*?) \| (\S+) \| .* \|$/gm)].slice(1)
      expect(rows.length).toBeGreaterThan(1)
      for (const [, figure = '', value = ''] of rows) {
        if (figure === '---') continue
        expect([figure, figureIn(report, figure)]).toEqual([figure, value === '–' ? null : Number(value)])
      }
    },
  )

  it('M88 says nothing of visits that are not asked for', () => {
    const { question, story } = readStory('03-02 10:00 Ana looks at /cart\n03-02 10:01 Ben looks at /shop')
    const of = (narrowed: JourneyQuestion['of']) => told({ ...question, of: narrowed }, story)
    expect(of({ page: '/cart' })).toMatchObject({ totals: { visitors: 1, pageViews: 1 }, churn: null })
    expect(of({ language: 'fa' }).totals.visitors).toBe(2)
    for (const narrowed of [{ language: 'en' }, { device: 'phone' }, { segment: 'buyers' }] as const)
      expect(of(narrowed).totals).toEqual({ visitors: 0, visits: 0, pageViews: 0, chatted: 0 })
  })

  it('M93 settings are refused where they could mean nothing', () => {
    const faults = [
      { by: 'page', glob: 'cart' },
      { by: 'pages', atLeast: 1 },
      { by: 'days', atLeast: 1.5 },
      { by: 'luck' },
    ]
    expect(safeParse(JourneySettings, { stages: usualStages }).success).toBe(true)
    for (const mark of faults)
      expect(safeParse(JourneySettings, { stages: { ...usualStages, buy: [mark] } }).success).toBe(false)
  })

  it('M85 a page’s path is held against a glob without its query', () => {
    const marks = stageBits({ ...usualStages, aware: [], decide: [{ by: 'page', glob: '/cart' }] })
    const paths = [
      'https://shop.example/cart?id=7#top',
      'https://shop.example',
      'https://shop.example/cart/2',
    ].map(pathOf)
    expect(paths).toEqual(['/cart', '/', '/cart/2'])
    expect(paths.map(marks.ofPage)).toEqual([0b100, 0, 0])
  })

  it('M85 days count for who had come as far as the stage before', () => {
    expect(withDays(0b010000, 2, usualStages)).toBe(0b110000)
    expect(withDays(0b001000, 2, usualStages)).toBe(0b001000)
  })

  it('gives each key a number of its own, however many and whichever way they come', () => {
    const numbering = new Numbering()
    const keys = Array.from({ length: 5_000 }, (_, i) => (i * 2_654_435_761 * 97) % 2 ** 53)
    expect(keys.map((key) => numbering.of(key))).toEqual(keys.map((_, i) => i))
    expect(keys.map((key) => numbering.known(key))).toEqual(keys.map((_, i) => i))
    expect([numbering.known(3), numbering.size]).toEqual([-1, 5_000])
    const tally = new Tally(-1)
    tally.set(9_000, 4)
    expect([tally.get(9_000), tally.get(8_999), tally.get(1_000_000)]).toEqual([4, -1, -1])
  })
})
