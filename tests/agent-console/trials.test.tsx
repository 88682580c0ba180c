// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { describe, expect, it } from 'vitest'
import { Why } from '../../agent-console/person/why.tsx'
import { WhyOnRecord } from '../../agent-console/person/why-on-record.tsx'
import { BackTest } from '../../agent-console/proactive/back-test.tsx'

import { en } from '../../agent-console/ui/texts/en.ts'
import { makeId } from '../../shared/ids.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import type { RecordedWhy, RuleWhy } from '../../shared/triggers/why.ts'
import { siteId } from '../shared/story.ts'
import { aPast, aRule, aVisit, backTest, minute, noon } from '../shared/triggers/any-past.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)]
const text = (selector: string) => all(selector).map((one) => one.textContent ?? '')
const press = (name: string) =>
  act(() =>
    all('button')
      .find((one) => one.textContent?.includes(name) || one.getAttribute('aria-label') === name)
      ?.click(),
  )

const draft: RuleDraft = {
  ...{ version: 2, siteId, name: '', enabled: true, priority: 5, when: [], say: {} },
}
const rule = aRule({ when: [{ kind: 'url', glob: '/pricing*' }, { kind: 'exitIntent' }] })
const why: RuleWhy = {
  ...{ ruleId: rule.id, name: 'Greet', because: 'undecided', at: noon, spokeAt: null },
  ...{ asked: { at: noon, because: 'conditions' }, variant: null, heldOut: false },
  findings: [
    {
      ...{ kind: 'url', path: 'when.0', condition: { kind: 'url', glob: '/pricing*' } },
      ...{ holds: false, seen: 'https://shop.example/', known: 'server' },
    },
    {
      ...{ kind: 'exitIntent', path: 'when.1', condition: { kind: 'exitIntent' } },
      ...{ holds: 'unknown', seen: null, known: 'page' },
    },
  ],
}

describe('why a message is shown to somebody, or is not', () => {
  it('T70 is asked for when it is opened, and says of each condition what was seen', async () => {
    const asked: string[] = []
    const get = async (path: string) => {
      asked.push(path)
      return success({ items: [why], nextCursor: null } as never)
    }
    const { draw } = await openStage({}, { get })
    const visitId = makeId('t', noon, new Uint8Array(10))
    await draw(<Why visitId={visitId} />)
    expect(asked).toEqual([])
    await press(en.whyOpen)
    await expect.poll(() => text('.why-because')).toEqual(['Something it asks for is not known yet.'])
    expect(asked[0]).toBe(`/visitors/live/${visitId}/why`)
    expect(text('.finding-mark .out-of-sight')).toEqual([en.findingFails, en.findingOpen])
    expect(text('.finding-seen')).toEqual(['it was https://shop.example/', en.findingPage])
    expect(text('.why .panel-quiet').join()).toContain('A condition does not hold.')
  })

  it('T70 says so where they are gone, and where there is no message at all', async () => {
    const visitId = makeId('t', noon, new Uint8Array(10))
    const gone = await openStage({}, { get: async () => failure('not_found', 'Gone.') })
    await gone.draw(<Why visitId={visitId} />)
    await press(en.whyOpen)
    await expect.poll(() => text('.panel-quiet')).toEqual([en.whyGone])
  })

  it('T70 does not say that they are gone where only the server was out of reach', async () => {
    const visitId = makeId('t', noon, new Uint8Array(10))
    const answers: Result<never>[] = [failure('unavailable', 'Not now.')]
    const away = await openStage(
      {},
      { get: async () => answers.shift() ?? success({ items: [why], nextCursor: null } as never) },
    )
    await away.draw(<Why visitId={visitId} />)
    await press(en.whyOpen)
    await expect.poll(() => text('[role=alert]').join()).toContain(en.couldNotLoad)
    await press(en.tryAgain)
    await expect.poll(() => text('.why-because')).toHaveLength(1)
  })
})

describe('why a message was shown to somebody who has left, or was not', () => {
  const visitorId = makeId('v', noon, new Uint8Array(10))
  const came = { seenAt: noon, openedAt: null, repliedAt: noon, goalAt: null }
  const last = { ruleId: rule.id, at: noon, heldOut: false, variant: 'B', ...came }
  const recorded = (more: Partial<RecordedWhy>): RecordedWhy => ({
    ...{ ...why, asked: null, record: { shown: 0, heldOut: 0, last: null } },
    ...more,
  })
  const items = [
    recorded({ because: 'onceASession', record: { shown: 2, heldOut: 0, last } }),
    recorded({ because: 'heldOut', record: { shown: 0, heldOut: 1, last: { ...last, heldOut: true } } }),
    recorded({ because: 'undecided' }),
  ].map((one, i) => ({ ...one, ruleId: makeId('r', i, new Uint8Array(10)) }))

  const look = async (answer: Result<never>) => {
    const asked: string[] = []
    const get = async (path: string) => {
      asked.push(path)
      return answer
    }
    const { draw } = await openStage({}, { get })
    await draw(<WhyOnRecord visitorId={visitorId} />)
    expect(asked).toEqual([])
    await press(en.whyOpen)
    await expect.poll(() => asked).toEqual([`/visitors/${visitorId}/why`])
  }

  it('T81 says that it is by the record, of when, and what came of each', async () => {
    await look(success({ basis: 'record', at: noon, items, nextCursor: null } as never))
    await expect.poll(() => text('.why-because')).toHaveLength(3)
    expect(text('.why-because')[0]).toBe('Shown 2 times')
    expect(text('.why-record').join()).toContain('They have left.')
    const told = text('.why .panel-quiet')
    expect(told[0]).toContain(' · Seen · Replied · B')
    expect(told.join()).toContain('Held out to compare')
    expect(text('.finding-seen')).toContain(en.findingUnrecorded)
  })

  it('T81 says so where no visit is on record, or nobody is there', async () => {
    await look(success({ basis: 'record', at: null, items, nextCursor: null } as never))
    await expect.poll(() => text('.why-record')).toEqual([en.whyNoRecord])
  })

  it('T81 says so of who was erased', async () => {
    await look(failure('not_found', 'Gone.'))
    await expect.poll(() => text('.panel-quiet')).toEqual([en.whyGone])
  })
})

const pasts = [
  aPast([
    aVisit([
      { path: '/', at: 0 },
      { path: '/pricing', at: minute },
    ]),
  ]),
  aPast([aVisit([{ path: '/pricing', at: 0 }])]),
]
const pricing = aRule({ when: [{ kind: 'url', glob: '/pricing*' }] })
const answer = {
  ...backTest(pricing, pasts),
  ...{
    from: noon,
    to: noon + 30 * 24 * 60 * minute,
    isCut: false,
    timeZone: 'UTC',
    filters: { site: siteId },
  },
  ...{ assumed: {}, assumes: ['consentOnly'], leftOut: 0 },
  load: {
    perDay: 0.07,
    busiest: { at: noon, messages: 2 },
    replied: null,
    chatsPerDay: null,
    chatsAtBusiest: null,
  },
}
const visits = { items: answer.sample, nextCursor: null }
const step = (because: string, kind: string) => ({
  ...{
    at: noon,
    cause: { kind },
    url: 'https://shop.example/pricing',
    title: '',
    because,
    speaks: null,
    findings: [],
  },
})
const steps = {
  steps: [step('conditions', 'view'), step('shown', 'time'), step('shown', 'end')],
  isCut: false,
}

describe('a message tried on the past', () => {
  const open = async (answers: Record<string, unknown>) => {
    const sent: { path: string; body: unknown }[] = []
    const send = async (_method: string, path: string, body?: object) => {
      sent.push({ path, body })
      const answer = answers[path]
      const told = typeof answer === 'function' ? answer(body) : answer
      return (told ? success(told) : failure('invalid', 'No.')) as never
    }
    const { draw } = await openStage({}, { send })
    await draw(<BackTest rule={draft} ruleId={rule.id} />)
    await press(en.past)
    return sent
  }

  it('T73 says in a sentence what it would have done, then where, when and what it takes for granted', async () => {
    const sent = await open({ '/rules/backtest': answer, '/rules/backtest/visits': visits })
    await expect
      .poll(() => text('.past-first'))
      .toEqual(['It would have reached 2 visitors in 2 visits, about 0.07 messages a day.'])
    expect(sent.slice(0, 1)).toMatchObject([
      { path: '/rules/backtest', body: { ruleId: rule.id, assume: { somebodyCanAnswer: true } } },
    ])
    expect(text('.past-page')).toEqual(['/pricing'])
    expect(all('.heat-4')).toHaveLength(1)
    expect(text('.past-assumes li')).toEqual([en.assumesConsentOnly])
    await expect.poll(() => text('.past-visits .tag')).toEqual([en.outcomeReached, en.outcomeReached])
  })

  it('T75 goes through a visit by buttons and by keys, from the moment that decided', async () => {
    await open({
      ...{ '/rules/backtest': answer, '/rules/backtest/visits': visits, '/rules/backtest/steps': steps },
    })
    await expect.poll(() => all('.past-visits button').length).toBe(2)
    await act(() => all('.past-visits button')[0]?.click())
    await expect.poll(() => text('.past-moment strong')).toEqual([en.pastTime])
    await press(en.pastNext)
    expect(text('.past-moment strong')).toEqual([en.pastEnd])
    await act(() => {
      for (const key of ['Home', 'ArrowLeft'])
        all('.past-steps')[0]?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    })
    expect(text('.past-moment strong')).toEqual([en.pastView])
    await act(() => {
      all('.past-steps')[0]?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
    })
    expect(all('.past-visits button')).toHaveLength(2)
  })

  it('T80 lists all visits of an outcome, a part at a time, through parts that have none', async () => {
    const [first, second] = answer.sample
    const parts: Record<string, object> = {
      begin: { items: [first], nextCursor: 'empty' },
      empty: { items: [], nextCursor: 'rest' },
      rest: { items: [{ ...second, name: 'Mina' }], nextCursor: null },
    }
    const sent = await open({
      '/rules/backtest': { ...answer, lost: { visitors: 1, visits: 1 } },
      '/rules/backtest/visits': ({ cursor, outcome }: { cursor?: string; outcome: string }) =>
        outcome === 'lost' ? { items: [], nextCursor: null } : parts[cursor ?? 'begin'],
    })
    await expect.poll(() => all('.past-visits > li').length).toBe(1)
    await press(en.showOlder)
    await expect.poll(() => text('.past-visits > li').join()).toContain('Mina')
    expect(all('.past-visits > li')).toHaveLength(2)
    expect(all('button').map((one) => one.textContent)).not.toContain(en.showOlder)
    const [tried] = sent
    for (const { body } of sent.slice(1)) expect(body).toMatchObject({ ...Object(tried?.body) })
    const picker = document.querySelector<HTMLSelectElement>('.past-outcome')
    expect([...(picker?.options ?? [])].map((one) => one.text)).toEqual([
      'Shown (2)',
      'Another came first (1)',
    ])
    await act(() => {
      if (!picker) return
      picker.value = 'lost'
      picker.dispatchEvent(new Event('change', { bubbles: true }))
    })
    await expect.poll(() => all('.past-visits > li').length).toBe(0)
  })

  it('T80 keeps what is there where the rest cannot be fetched', async () => {
    let failing = false
    await open({
      '/rules/backtest': answer,
      '/rules/backtest/visits': ({ cursor }: { cursor?: string }) =>
        cursor && failing
          ? undefined
          : { items: [answer.sample[cursor ? 1 : 0]], nextCursor: cursor ? null : 'x' },
    })
    await expect.poll(() => all('.past-visits > li').length).toBe(1)
    failing = true
    await press(en.showOlder)
    await expect.poll(() => text('.fault-text')).toEqual([en.couldNotLoad])
    expect(all('.past-visits > li')).toHaveLength(1)
    failing = false
    await press(en.tryAgain)
    await expect.poll(() => all('.past-visits > li').length).toBe(2)
  })

  it('T73 says what is to be done where it cannot be tried', async () => {
    await open({})
    await expect.poll(() => text('.fault-text')).toEqual([en.pastInvalid])
  })

  it('T74 says that nothing is recorded, or that nobody can know', async () => {
    const lost = backTest(rule, [aPast([aVisit([{ path: '/pricing', at: 0 }])])])
    await open({ '/rules/backtest': { ...answer, ...lost } })
    await expect
      .poll(() => text('.past-first'))
      .toEqual([
        'It cannot be said whom it would have reached: of 1 visit something it asks for was not recorded.',
      ])
    expect(text('.past-list li').join()).toContain(en.factExitIntent)
  })
})
