import { describe, expect, it } from 'vitest'
import { makeId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { locales } from '../../../shared/locale.ts'
import type { Action } from '../../../shared/triggers/action.ts'
import { type Contact, historyOf } from '../../../shared/triggers/budget.ts'
import { decide } from '../../../shared/triggers/decide.ts'
import type { Rule } from '../../../shared/triggers/rule.ts'
import { readRule } from '../../../shared/triggers/stored.ts'
import { sayFault } from '../../../shared/triggers/words/words.ts'
import { siteId } from '../story.ts'

const id = makeId('r', 1, new Uint8Array(10))
const plain = {
  ...{ version: 2, siteId, name: 'Greet', enabled: true, priority: 10, id, createdAt: 5 },
  ...{ when: [], say: { en: 'Can I help?' }, limits: { needsSomebody: false }, holdout: 0 },
}
const label = { en: 'Yes', fa: 'بله' }
const faultsOf = (action: unknown, more: object = {}) => {
  const read = readRule({ ...plain, action, ...more })
  return read.ok ? [] : read.faults
}

const one: Record<Action['kind'], Action> = {
  bubble: { kind: 'bubble' },
  open: { kind: 'open' },
  buttons: {
    kind: 'buttons',
    buttons: [
      { does: 'answer', label, text: { en: 'Yes, please' } },
      { does: 'link', label, href: '/sale?from=chat#top' },
    ],
  },
  form: {
    kind: 'form',
    fields: [
      { kind: 'name', label },
      { kind: 'email', label, required: true },
      { kind: 'choice', label, options: [label, { en: 'No' }], attribute: 'plan' },
    ],
    send: label,
  },
  banner: { kind: 'banner', at: 'top', button: { label, href: 'https://shop.example/sale' } },
  survey: { kind: 'survey', scale: 'numbers', low: label, high: label },
  event: { kind: 'event', name: 'offer:summer', properties: { percent: 20 } },
}

describe('what a rule does', () => {
  it.each(Object.values(one))('T60 $kind is read as it was written', (action) => {
    const read = readRule({ ...plain, action })
    expect(read).toMatchObject({ ok: true, rule: { action } })
  })

  it.each<[string, unknown, object]>([
    ['nothing that exists', { kind: 'confetti' }, { path: 'action.kind', code: 'unknownAction' }],
    ['no button at all', { kind: 'buttons', buttons: [] }, { path: 'action.buttons', code: 'tooFew' }],
    [
      'a button too many',
      { kind: 'buttons', buttons: Array(limits.buttonsPerRule + 1).fill({ does: 'answer', label }) },
      { path: 'action.buttons', code: 'tooMany' },
    ],
    [
      'a button without a label',
      {
        kind: 'buttons',
        buttons: [
          { does: 'answer', label },
          { does: 'answer', label: { fa: ' ' } },
        ],
      },
      { path: 'action.buttons.1.label' },
    ],
    [
      'a label too long in one language',
      { kind: 'buttons', buttons: [{ does: 'answer', label: { en: 'Yes', fa: 'ب'.repeat(81) } }] },
      { path: 'action.buttons.0.label.fa' },
    ],
    [
      'a field of no kind',
      {
        kind: 'form',
        fields: [
          { kind: 'email', label },
          { kind: 'colour', label },
        ],
      },
      { path: 'action.fields.1.kind', code: 'unknownAction' },
    ],
    [
      'a choice of one',
      { kind: 'form', fields: [{ kind: 'choice', label, options: [label] }] },
      { path: 'action.fields.0.options', code: 'tooFew' },
    ],
    ['a banner in the middle', { kind: 'banner', at: 'middle' }, { path: 'action.at' }],
    ['an event of the chat itself', { kind: 'event', name: 'invite:shown' }, { path: 'action.name' }],
    ['an event that is no name', { kind: 'event', name: 'a b' }, { path: 'action.name' }],
  ])('T60 %s is refused where it stands', (_, action, fault) => {
    expect(faultsOf(action)).toMatchObject([fault])
  })

  it('T60 has a text to show, and needs none where it shows nothing', () => {
    const silent = { say: {} }
    expect(faultsOf(one.bubble, silent)).toMatchObject([{ path: 'say' }])
    expect(faultsOf(undefined, silent)).toMatchObject([{ path: 'say' }])
    expect(faultsOf(one.event, silent)).toEqual([])
  })

  it.each(locales)('T60 says which button is at fault, in %s', (locale) => {
    const number = new Intl.NumberFormat({ en: 'en', ar: 'ar-SA', fa: 'fa-IR' }[locale]).format(2)
    const said = sayFault({ path: 'action.buttons.1.label', code: 'missing', message: '' }, locale)
    expect(said).toContain(number)
    expect(said).not.toContain('{')
  })

  it.each([
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    '//evil.example/x',
    '/\\evil.example',
    '\\\\evil.example',
    'https://shop.example@evil.example/',
    'https:///evil.example',
    'ftp://shop.example',
    'sale',
    '',
  ])('T63 %j is nowhere to lead to', (href) => {
    const action = { kind: 'buttons', buttons: [{ does: 'link', label, href }] }
    expect(faultsOf(action)).toMatchObject([{ path: 'action.buttons.0.href' }])
  })

  it.each([
    '/',
    '/sale',
    '/فروش?a=1#b',
    'https://shop.example',
    'http://localhost:3000/x',
    'https://فروشگاه.example/',
  ])('T63 %s is', (href) =>
    expect(faultsOf({ kind: 'banner', at: 'top', button: { label, href } })).toEqual([]),
  )
})

describe('a rule that shows nothing', () => {
  const ruleOf = (action: Action): Rule => {
    const read = readRule({ ...plain, action })
    if (!read.ok) throw new Error('It cannot be read.')
    return read.rule
  }
  const visitId = makeId('t', 1, new Uint8Array(10))
  const judged = (rule: Rule, contact: Partial<Contact>) => {
    const contacts: Contact[] = [{ by: 'rule', ruleId: null, visitId, at: 0, ...contact }]
    const history = historyOf(contacts, { visitId, quietSince: null, inConversation: false })
    const { winner, losers } = decide([rule], {}, { history, visitor: 'Amir' }, 1_000)
    return winner ? 'shown' : losers[0]?.because
  }

  it('T62 is not held back by what was shown, nor holds anything back', () => {
    expect(judged(ruleOf(one.event), {})).toBe('shown')
    expect(judged(ruleOf(one.bubble), {})).toBe('tooSoon')
    expect(judged(ruleOf(one.bubble), { silent: true })).toBe('shown')
  })

  it('T62 keeps its own limits', () => {
    expect(judged(ruleOf(one.event), { ruleId: id, silent: true })).toBe('ruleOnceASession')
  })
})
