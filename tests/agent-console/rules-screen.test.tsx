// @vitest-environment happy-dom
import { act } from 'preact/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RuleShown } from '../../agent-console/proactive/draft.ts'
import { ProactiveScreen } from '../../agent-console/proactive/proactive-screen.tsx'
import { en } from '../../agent-console/ui/texts/en.ts'
import { makeId, type RuleId } from '../../shared/ids.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { siteId } from '../shared/story.ts'
import { somebody } from './support/desk.ts'
import { settle } from './support/fake-link.ts'
import { openStage } from './support/stage.tsx'

const all = (selector: string, within: ParentNode = document) => [
  ...within.querySelectorAll<HTMLElement>(selector),
]
const named = (name: string, within?: ParentNode | null) =>
  all('button, input, textarea, select', within ?? document).find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent)?.trim() === name,
  )
const does = (work: () => void) =>
  act(async () => {
    work()
    for (let i = 0; i < 5; i++) await settle()
  })
/** What an effect asks for is asked after the drawing, and drawn after that. */
const later = async () => {
  await does(() => undefined)
  await does(() => undefined)
}
const press = (element: HTMLElement | undefined | null) => does(() => element?.click())
const key = (element: HTMLElement | undefined, name: string) =>
  does(
    () =>
      void element?.dispatchEvent(
        new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }),
      ),
  )
const write = (element: HTMLElement | undefined, text: string) =>
  does(() => {
    if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) element.value = text
    element?.dispatchEvent(new Event('input', { bubbles: true }))
  })
const ruleId = (n: number): RuleId => makeId('r', n, new Uint8Array(10))
const shown = (n: number, name: string, more: Partial<RuleShown> = {}): RuleShown => ({
  ...{ id: ruleId(n), version: 2, siteId, name, enabled: true, priority: 10 - n, revision: `seen ${n}` },
  ...{ when: [{ kind: 'url', glob: '/*' }], say: { en: `${name} says` }, createdAt: n },
  ...more,
})

interface Sent {
  method: string
  path: string
  body: unknown
}

/** The screen before a server that keeps what it is sent in mind and answers as it is told. */
async function openRules(
  rules: RuleShown[],
  more: { unreadable?: object[]; visitors?: object[]; answer?: (sent: Sent) => Result<unknown> | null } = {},
) {
  const sent: Sent[] = []
  const reading: Record<string, unknown> = {
    '/rules': { items: rules, nextCursor: null, unreadable: more.unreadable ?? [] },
    '/rules/removed': { items: [], nextCursor: null },
    '/visitors/live': { items: more.visitors ?? [], nextCursor: null },
    [`/rules/${ruleId(1)}/versions`]: {
      items: [
        { version: 2, at: 2, by: 'Sara', rule: rules[0] },
        { version: 1, at: 1, by: null, rule: rules[0] },
      ],
    },
    [`/rules/${ruleId(9)}/raw`]: { text: '{"id":"x","siteId":"y","moods":1}' },
  }
  // What a test answers stands for what the wire brings.
  const looked: unknown[] = []
  const get = async (path: string, query?: unknown) => {
    if (path === '/visitors/live') looked.push(query)
    return success(reading[path] as never)
  }
  const send = async (method: string, path: string, body?: object) => {
    const one = { method, path, body }
    if (!path.endsWith('/matching')) sent.push(one)
    const answer = more.answer?.(one) ?? success({ ...rules[0], ...body, revision: 'new' })
    return answer as never
  }
  const sites = [{ id: siteId, key: 'shop' as never, name: 'Shop' }]
  const stage = await openStage({ sites }, { get, send })
  await stage.draw(<ProactiveScreen />)
  await later()
  return { ...stage, sent, reading, looked }
}

const cards = () => all('ol.rules article h2').map((one) => one.textContent)
const card = (name: string) => all('article').find((one) => one.getAttribute('aria-label') === name)
const toast = () => all('.toast')[0]
const grip = (place: number) => all('.grip')[place]

describe('the order of the rules', () => {
  it('T113 is set by arrow keys, told, kept, and taken back', async () => {
    const { sent } = await openRules([shown(1, 'A'), shown(2, 'B'), shown(3, 'C')])
    expect(cards()).toEqual(['A', 'B', 'C'])
    await key(grip(0), 'ArrowDown')
    expect(cards()).toEqual(['B', 'A', 'C'])
    const ids = [2, 1, 3].map(ruleId)
    expect(sent).toEqual([{ method: 'PUT', path: '/rules/order', body: { siteId, ids } }])
    expect(all('[role=status]').map((one) => one.textContent)).toContain('A: now 2 of 3')
    expect(document.activeElement).toBe(grip(1))
    await press(named(en.undo, toast()))
    expect(sent[1]?.body).toEqual({ siteId, ids: [1, 2, 3].map(ruleId) })
  })

  it('T113 stays as it was when the server does not take it', async () => {
    const answer = ({ path }: Sent) =>
      path === '/rules/order' ? failure('conflict', 'Others by now.') : null
    await openRules([shown(1, 'A'), shown(2, 'B')], { answer })
    await key(grip(0), 'ArrowDown')
    expect(cards()).toEqual(['A', 'B'])
    expect(all('[role=status]').map((one) => one.textContent)).toContain(en.notSaved)
  })
})

describe('a rule that is changed', () => {
  it('T111 is kept with what was seen of it, and taken back by one act', async () => {
    const { sent } = await openRules([shown(1, 'A')])
    await press(named(en.ruleOn, card('A')))
    expect(sent[0]).toMatchObject({
      method: 'PUT',
      path: `/rules/${ruleId(1)}?ifRevision=seen%201`,
      body: { enabled: false },
    })
    expect(toast()?.textContent).toContain(en.ruleSaved)
    await press(named(en.undo, toast()))
    expect(sent[1]?.path).toBe(`/rules/${ruleId(1)}/versions/1/restore?ifRevision=new`)
  })

  it('T111 and removed comes back by one act', async () => {
    const { sent } = await openRules([shown(1, 'A')])
    await press(named(en.deleteRule, card('A')))
    await press(named(en.undo, toast()))
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `DELETE /rules/${ruleId(1)}`,
      `POST /rules/${ruleId(1)}/versions/2/restore`,
    ])
  })

  it('T112 by somebody else meanwhile shows theirs, and goes on only by choice', async () => {
    const rules = [shown(1, 'A')]
    const answer = ({ path }: Sent) =>
      path.includes('seen%201') ? failure('conflict', 'Changed.', { path: 'ifRevision' }) : null
    const { sent, reading } = await openRules(rules, { answer })
    await press(named(en.editRule))
    await write(named(en.ruleText), 'Mine')
    reading['/rules'] = {
      items: [shown(1, 'A', { revision: 'theirs', say: { en: 'Theirs' } })],
      nextCursor: null,
    }
    await press(named(en.save))
    await later()
    expect(all('.theirs')[0]?.textContent).toContain('Theirs')
    expect(all('textarea')[0]).toMatchObject({ value: 'Mine' })
    await press(named(en.keepMine))
    await press(named(en.save))
    expect(sent.at(-1)).toMatchObject({
      path: `/rules/${ruleId(1)}?ifRevision=theirs`,
      body: { say: { en: 'Mine' } },
    })
  })
})

describe('what is being written', () => {
  it('T110 is not lost with the rule that somebody else removes meanwhile', async () => {
    const { reading, sent, draw } = await openRules([shown(1, 'A')])
    await press(named(en.editRule))
    await write(named(en.ruleText), 'Mine')
    reading['/rules'] = { items: [], nextCursor: null }
    await draw(null)
    await draw(<ProactiveScreen />)
    await later()
    expect(all('textarea')[0]).toMatchObject({ value: 'Mine' })
    await press(named(en.save))
    expect(sent).toMatchObject([{ method: 'POST', path: '/rules', body: { say: { en: 'Mine' } } }])
  })

  it('T110 outlives the screen, and ends with Cancel', async () => {
    const { keep, draw } = await openRules([shown(1, 'A')])
    await press(named(en.newRule))
    await write(named(en.ruleText), 'Half a')
    await draw(null)
    await draw(<ProactiveScreen />)
    await later()
    expect(all('textarea')[0]).toMatchObject({ value: 'Half a' })
    expect(document.body.textContent).toContain(en.takenUpAgain)
    await press(named(en.cancel))
    expect(keep.read('rule-draft')).toBeNull()
    expect(all('form')).toEqual([])
  })

  it('T110 has the keyboard from when it is opened, and leaves it where it was opened', async () => {
    await openRules([shown(1, 'A'), shown(2, 'B')])
    await press(named(en.editRule, card('B')))
    expect(document.activeElement?.tagName).toBe('FORM')
    await press(named(en.cancel))
    expect(document.activeElement).toBe(card('B'))
    await press(named(en.newRule))
    expect(document.activeElement?.tagName).toBe('FORM')
    await press(named(en.cancel))
    expect(document.activeElement).toBe(named(en.newRule))
  })

  it('T110 is not sent while something is wrong, and the fault stands where it is', async () => {
    const { sent } = await openRules([shown(1, 'A')])
    await press(named(en.newRule))
    await press(named(en.save))
    expect(sent).toEqual([])
    expect(all('.rule-main .part-fault').length).toBeGreaterThan(0)
    await write(named(en.ruleText), 'Shall I help?')
    expect(all('.part-fault')).toEqual([])
    await press(named(en.save))
    expect(sent).toMatchObject([
      { method: 'POST', path: '/rules', body: { say: { en: 'Shall I help?' }, holdout: 0.1 } },
    ])
  })
})

const odd = [
  { id: ruleId(9), siteId, name: 'Odd', faults: [{ path: 'moods', code: 'unknownField', message: '' }] },
]

it('T114 a rule that cannot be read is mended where its faults are shown', async () => {
  const { sent } = await openRules([], { unreadable: odd })
  expect(card('Odd')?.textContent).toContain('moods')
  await press(named(en.mendRule))
  expect(all('.fault-list li').length).toBeGreaterThan(1)
  await write(named(en.rawRule), '{')
  expect(document.body.textContent).toContain(en.notJson)
  const whole = { siteId, name: 'Odd', enabled: false, priority: 0, when: [], say: { en: 'Hi' } }
  await write(named(en.rawRule), JSON.stringify(whole))
  await press(named(en.save))
  expect(sent).toMatchObject([{ method: 'PUT', path: `/rules/${ruleId(9)}`, body: whole }])
})

it('T114 a rule that cannot be read and cannot be removed now says so', async () => {
  await openRules([], { unreadable: odd, answer: () => failure('unavailable', 'Not now.') })
  await press(named(en.deleteRule, card('Odd')))
  expect(card('Odd')?.textContent).toContain(en.notDone)
})

it('T115 a ready-made rule is switched on by one act', async () => {
  const { sent } = await openRules([])
  await press(named(en.activateName.replace('{name}', en['ready.cart'])))
  expect(sent).toMatchObject([
    {
      method: 'POST',
      path: '/rules',
      body: { enabled: true, siteId, when: [{ kind: 'cartAbandoned', seconds: 300 }] },
    },
  ])
})

describe('a rule before it is kept', () => {
  afterEach(() => void vi.useRealTimers())
  const writing = async (answer: (sent: Sent) => Result<unknown> | null) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
    const opened = await openRules([shown(1, 'A')], { answer })
    await press(named(en.editRule))
    return opened
  }

  it('T72 says how many fit once writing rests, and of how many only their pages know', async () => {
    const found = { live: 5, matching: 2, undecided: 1 }
    await writing(({ path }) => (path.endsWith('/matching') ? success(found) : null))
    const said = () => all('.matching')[0]?.textContent
    expect(said()).toBe('')
    await does(() => void vi.advanceTimersByTime(1_000))
    await later()
    expect(said()).toContain('2 of the 5 on the site now fit.')
    expect(said()).toContain('1 more depends')
  })

  it('T128 is tried on whoever is searched for, where there are more than a list takes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
    const { reading, looked } = await openRules([shown(1, 'A')])
    reading['/visitors/live'] = { items: [somebody(1, { name: 'Mina' })], nextCursor: 'more' }
    await press(named(en.editRule))
    await later()
    const box = document.querySelector<HTMLInputElement>('.trying input[type=search]')
    if (!box) throw new Error('Nobody can be searched for.')
    box.value = 'sara'
    await does(() => void box.dispatchEvent(new Event('input', { bubbles: true })))
    await does(() => void vi.advanceTimersByTime(300))
    await later()
    expect(looked.at(-1)).toMatchObject({ search: 'sara' })
  })

  it('T71 is tried on somebody who is there, condition by condition', async () => {
    const visitor = somebody(1, { name: 'Mina' })
    const condition = { kind: 'url', glob: '/*' }
    const finding = { kind: 'url', path: 'when.0', condition, holds: false, seen: '/sale', known: 'server' }
    const trial = { because: 'conditions', findings: [finding], variant: null, heldOut: false }
    const { sent } = await openRules([shown(1, 'A')], {
      visitors: [visitor],
      answer: ({ path }) => (path === '/rules/try' ? success(trial) : null),
    })
    await press(named(en.editRule))
    await later()
    const whom = named(en.whichVisitor)
    await does(() => {
      if (whom instanceof HTMLSelectElement) whom.value = visitor.visitId
      whom?.dispatchEvent(new Event('change', { bubbles: true }))
    })
    await press(named(en.tryNow))
    expect(sent).toMatchObject([
      { path: '/rules/try', body: { visitId: visitor.visitId, ruleId: ruleId(1) } },
    ])
    expect(all('.trying')[0]?.textContent).toContain('A condition does not hold.')
    expect(all('.trying .findings li')).toHaveLength(1)
  })
})
