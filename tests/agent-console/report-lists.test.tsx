// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Query } from '../../agent-console/connection/api.ts'
import { ReportsScreen } from '../../agent-console/reports/reports-screen.tsx'
import type { ReportView } from '../../agent-console/state/report-view.ts'
import { parseRoute } from '../../agent-console/state/route.ts'
import { en } from '../../agent-console/ui/texts/en.ts'
import type { ToldFollowUp } from '../../shared/follow-up.ts'
import { followUpId } from '../../shared/follow-up.ts'
import type { RuleId } from '../../shared/ids.ts'
import { makeId } from '../../shared/ids.ts'
import { followUpReport } from '../../shared/metrics/follow-ups.ts'
import type { Invited } from '../../shared/metrics/invited.ts'
import { proactiveReport, tallied } from '../../shared/metrics/proactive.ts'
import { satisfaction } from '../../shared/metrics/satisfaction.ts'
import { failure, success } from '../../shared/result.ts'
import { conversationId, siteId, visitorId } from '../shared/story.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const ruleId: RuleId = makeId('r', 0, new Uint8Array(10))
const minute = 60_000

const followUp = (episode: number, more: Partial<ToldFollowUp> = {}): ToldFollowUp => ({
  ...{ id: followUpId(conversationId, episode), conversationId, visitorId, siteId, episode },
  ...{ why: 'rating', openedAt: minute, dueAt: 2 * minute, doneAt: null, doneBy: null, ownerId: null },
  ...{ category: null, cause: null, note: '', visitorName: 'Amir' },
  ...more,
})

/** Two opened, one of them done for a cause that the house has a name for. */
const followUps = [followUp(1), followUp(2, { doneAt: minute + 1, cause: 'slow', category: 'delivery' })]

const invited: Invited = {
  ...{ id: makeId('i', 0, new Uint8Array(10)), siteId, visitorId, conversationId, at: minute },
  ...{ heldOut: false, variant: 'B', seenAt: 2 * minute, openedAt: null, repliedAt: null, goalAt: null },
  dueAt: null,
}

const outcome = () => ({
  rule: { id: ruleId, name: 'Greet', enabled: true, goal: null },
  ...proactiveReport(
    tallied([
      { heldOut: false, variant: null, seen: true, opened: true, replied: false, goal: 'reached' },
      { heldOut: false, variant: 'B', seen: true, opened: false, replied: false, goal: 'open' },
      { heldOut: true, variant: null, seen: false, opened: false, replied: false, goal: 'reached' },
    ]),
  ),
})

const answers: Record<string, (query: Query) => object> = {
  '/reports/satisfaction': () => ({
    ...satisfaction().answer(),
    followUps: followUpReport(followUps, { within: minute, now: 10 * minute }),
  }),
  '/reports/follow-ups': () => ({ items: followUps, nextCursor: null, total: 2 }),
  '/reports/proactive': () => ({ rules: [outcome()] }),
  '/reports/proactive/visitors': () => ({ items: [invited], nextCursor: null, total: 1 }),
  [`/rules/${ruleId}`]: () => ({ name: 'Greet' }),
}

async function lookAt(view: ReportView) {
  const asked: [string, Query][] = []
  const get = async (path: string, query: Query = {}) => {
    asked.push([path, query])
    const answer = answers[path]
    return answer ? (success(answer(query)) as never) : (failure('unavailable', 'Later.') as never)
  }
  const { draw } = await openStage({}, { get, address: (_, query) => `${query?.format}` })
  await draw(<ReportsScreen view={view} />)
  for (let turn = 0; turn < 6; turn++) await act(async () => undefined)
  return {
    asked: (path: string) => asked.find(([one]) => one === path)?.[1],
    times: (path: string) => asked.filter(([one]) => one === path).length,
  }
}

const viewOf = (link: HTMLElement): ReportView => {
  const route = parseRoute(link.getAttribute('href') ?? '')
  return route.screen === 'reports' ? route.view : {}
}
const opens = () => all('.reports a[data-n]').map((link) => [viewOf(link).list, Number(link.dataset.n)])

describe('behind the figures that are not made of waits', () => {
  beforeEach(() => location.replace('#/reports'))

  it('M127 each step of a message leads to the visitors it counts, of both sides and of each text', async () => {
    await lookAt({ part: 'proactive', segment: undefined })
    expect(opens()).toEqual(
      expect.arrayContaining([
        ['invited.eligible', 3],
        ['invited.heldOut', 1],
        ['invited.shown', 2],
        ['invited.seen', 2],
        ['invited.opened', 1],
        ['invited.reached', 1],
        ['invited.open', 1],
      ]),
    )
    const ofText = all('.outcome-variants a[data-n]').map((link) => viewOf(link).variant)
    expect(ofText).toEqual(['', '', 'B'])
    expect(all('.reports a[data-n]').every((link) => viewOf(link).rule === ruleId)).toBe(true)
  })

  it('M127 are listed with when each step came, and lead to the chat', async () => {
    const { asked } = await lookAt({ part: 'turns', list: 'invited.seen', rule: ruleId, variant: 'B' })
    expect(asked('/reports/proactive/visitors')).toMatchObject({
      figure: 'seen',
      rule: ruleId,
      variant: 'B',
    })
    expect(all('.narrowed')[0]?.textContent).toContain('Greet · B')
    expect(all('.turn .tag').map(({ textContent }) => textContent)).toEqual([en.outcomeSeen])
    expect(all('.behind-one dt').map(({ textContent }) => textContent)).toEqual([
      en.outcomeEligible,
      en.outcomeSeen,
      en.outcomeText,
    ])
    expect(all('.turn a')[0]?.getAttribute('href')).toBe(`#/inbox/${conversationId}`)
  })

  it('M128 each figure of follow-ups leads to those it counts, of a cause as well', async () => {
    await lookAt({ part: 'satisfaction' })
    expect(opens()).toEqual(
      expect.arrayContaining([
        ['followUps.opened', 2],
        ['followUps.done', 1],
        ['followUps.overdue', 1],
        ['followUps.decided', 2],
        ['followUps.opened', 1],
      ]),
    )
    const causes = all('.bars a[data-n]').map((link) => viewOf(link).cause ?? viewOf(link).category)
    expect(causes.sort()).toEqual(['', '', 'delivery', 'slow'])
  })

  it('M128 are listed as they stand, with their cause and a way to the chat', async () => {
    const view: ReportView = { part: 'turns', list: 'followUps.opened', cause: 'slow', team: 'sales' }
    const { asked, times } = await lookAt(view)
    expect(times('/follow-up-settings')).toBe(1)
    expect(asked('/reports/follow-ups')).toMatchObject({ figure: 'opened', cause: 'slow' })
    expect(asked('/reports/follow-ups')).not.toHaveProperty('team')
    expect(document.body.textContent).toContain(
      'Not applied here, since it is not known of a follow-up: Team',
    )
    expect(all('.narrowed')[0]?.textContent).toContain('We were slow')
    expect(all('.turn').map((one) => one.querySelector('bdi')?.textContent)).toEqual(['Amir', 'Amir'])
    expect(all('.behind-one')[1]?.textContent).toContain('We were slow')
    expect(all('.turn a')[0]?.getAttribute('href')).toBe(`#/inbox/${conversationId}`)
  })

  it.each([
    [{ list: 'invited.seen', rule: ruleId }],
    [{ list: 'followUps.opened' }],
    [{ figure: 'resolution.episode' }],
    [{}],
  ] as const)('M138 are taken along whole, as either kind of file: %o', async (view) => {
    await lookAt({ part: 'turns', ...view })
    expect(all('.report-file a').map((link) => link.getAttribute('href'))).toEqual(['csv', 'json-file'])
  })

  it('M127 M128 stand in the address, with the filters that they were counted with', async () => {
    await lookAt({ part: 'satisfaction', site: siteId, from: '2026-03-01', to: '2026-03-07' })
    const [link] = all('a[data-n]')
    expect(link && viewOf(link)).toMatchObject({ site: siteId, from: '2026-03-01', part: 'turns' })
  })
})
