import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { makeId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { locales } from '../../../shared/locale.ts'
import { decide } from '../../../shared/triggers/decide.ts'
import { faultCodes } from '../../../shared/triggers/faults.ts'
import { readRule, readRules, StoredRule } from '../../../shared/triggers/stored.ts'
import { sayFault } from '../../../shared/triggers/words/words.ts'
import { siteId } from '../story.ts'

const id = makeId('r', 1, new Uint8Array(10))
/** As the first version of the product stored it. */
const old = {
  ...{ siteId, name: 'Greet', enabled: true, priority: 10, id, createdAt: 5 },
  when: [
    { kind: 'url', glob: '/pricing*' },
    { kind: 'secondsOnPage', atLeast: 20 },
    { kind: 'pageViews', atLeast: 2 },
    { kind: 'somebodyCanAnswer' },
  ],
  say: { en: 'Can I help?' },
}
const deep = (groups: number): object =>
  groups === 0 ? { kind: 'exitIntent' } : { kind: 'not', of: [deep(groups - 1)] }

describe('a stored rule', () => {
  it('T12 of the first version is read without loss', () => {
    const read = readRule(old)
    expect(read).toMatchObject({ ok: true, rule: { ...old, version: 2 } })
  })

  it('T12 of the first version still speaks to everybody, whoever is there', () => {
    const read = readRule({ ...old, when: [] })
    if (!read.ok) throw new Error('It cannot be read.')
    const history = {
      ...{ shownThisVisit: 0, lastShownAt: null, quietSince: null, inConversation: false },
      ofRules: new Map(),
    }
    for (let visitor = 0; visitor < 50; visitor++)
      expect(decide([read.rule], {}, { history, visitor: String(visitor) }, 0).winner?.rule).toBe(read.rule)
  })

  it.each<[string, object, object]>([
    ['of a later version', { version: 3 }, { path: 'version', code: 'newerVersion' }],
    [
      'with a condition that does not exist',
      { when: [{ kind: 'mood' }] },
      { path: 'when.0.kind', code: 'unknownKind' },
    ],
    [
      'with a fault deep inside',
      { when: [old.when[0], { kind: 'any', of: [{ kind: 'not', of: [{ kind: 'url', glob: 7 }] }] }] },
      { path: 'when.1.of.0.of.0.glob', code: 'wrongType' },
    ],
    ['with too many groups', { when: [deep(limits.groupDepth + 1)] }, { code: 'tooDeep' }],
    ['with an empty group', { when: [{ kind: 'all', of: [] }] }, { path: 'when.0.of', code: 'tooFew' }],
    ['with a field left out', { when: [{ kind: 'url' }] }, { path: 'when.0.glob', code: 'missing' }],
    [
      'with a field too many',
      { when: [{ kind: 'url', glob: '/', x: 1 }] },
      { path: 'when.0.x', code: 'unknownField' },
    ],
    [
      'with a number out of range',
      { when: [{ kind: 'scroll', atLeast: 101 }] },
      { path: 'when.0.atLeast', code: 'outOfRange' },
    ],
    [
      'with a glob too long',
      { when: [{ kind: 'url', glob: 'x'.repeat(501) }] },
      { path: 'when.0.glob', code: 'notAllowed' },
    ],
    [
      'with too many conditions in its groups',
      {
        when: Array.from({ length: 3 }, () => ({
          kind: 'any',
          of: Array.from({ length: 7 }, () => deep(0)),
        })),
      },
      { path: 'when', code: 'notAllowed' },
    ],
    [
      'in a place that does not exist',
      { when: [{ kind: 'schedule', timeZone: 'Mars/Base', weekly: [] }] },
      { path: 'when.0.timeZone' },
    ],
  ])('T12 %s cannot be read, and its fault says where', (_, more, fault) => {
    expect(readRule({ ...old, ...more })).toMatchObject({ ok: false, faults: [fault] })
  })

  it('T11 may be as deep as four groups', () => {
    expect(readRule({ ...old, when: [deep(limits.groupDepth)] }).ok).toBe(true)
  })

  it('T12 tells all of its faults at once', () => {
    const read = readRule({ ...old, when: [{ kind: 'mood' }, { kind: 'idle', atLeast: -1 }] })
    expect(read.ok ? [] : read.faults.map(({ path }) => path)).toEqual(['when.0.kind', 'when.1.atLeast'])
  })

  it('T12 that cannot be read leaves the others and itself as they are', () => {
    const broken = { ...old, version: 9, mood: 'sunny' }
    const stored = v.parse(v.array(StoredRule), [broken, { ...old, id: makeId('r', 2, new Uint8Array(10)) }])
    const { rules, unreadable } = readRules(stored)
    expect(rules).toHaveLength(1)
    expect(unreadable).toMatchObject([
      { id, name: 'Greet', faults: [{ code: 'newerVersion' }, { path: 'mood' }] },
    ])
    expect(stored[0]).toEqual(broken)
  })
})

describe('a fault in words', () => {
  it.each(locales)('T12 names the condition, in %s', (locale) => {
    const number = new Intl.NumberFormat({ en: 'en', ar: 'ar-SA', fa: 'fa-IR' }[locale])
    const said = sayFault({ path: 'when.2.of.0.glob', code: 'tooLong', message: '' }, locale)
    expect(said).toContain(`${number.format(3)} › ${number.format(1)}`)
    const all = faultCodes.map((code) => sayFault({ path: '', code, message: '' }, locale))
    expect(new Set(all).size).toBe(faultCodes.length)
  })
})
