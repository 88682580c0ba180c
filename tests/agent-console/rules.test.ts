import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { readNumber, unitName, unitOf } from '../../agent-console/conditions/numbers.ts'
import { offers, searched } from '../../agent-console/conditions/offers.ts'
import {
  faultsIn,
  keepWriting,
  keptWriting,
  newRule,
  readyToSend,
} from '../../agent-console/proactive/draft.ts'
import { readyRules, ruleFrom } from '../../agent-console/proactive/ready-rules.ts'
import { digits } from '../../agent-console/ui/format.ts'
import { catalogues, createWords } from '../../agent-console/ui/words.ts'
import { locales } from '../../shared/locale.ts'
import { RuleDraft } from '../../shared/triggers/rule.ts'
import { siteId } from '../shared/story.ts'
import { memoryKeep } from './support/desk.ts'

const rule = newRule(siteId)

describe('a rule that is written', () => {
  it('T110 is sent without blank languages, and named by its text when nobody named it', () => {
    const ready = readyToSend({ ...rule, say: { en: ' Can I help? ', fa: '  ' } })
    expect(ready).toMatchObject({ name: 'Can I help?', say: { en: ' Can I help? ' }, version: 2 })
    expect(v.safeParse(RuleDraft, ready).success).toBe(true)
  })

  it('T110 tells all that is wrong with it at once, each where it is', () => {
    const wrong = {
      ...rule,
      when: [
        { kind: 'any' as const, of: [] },
        { kind: 'tag' as const, tag: ' ' },
      ],
    }
    expect(faultsIn(wrong).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['when.0.of', 'when.1.tag']),
    )
    expect(faultsIn(rule).map(({ path }) => path)).toContain('name')
  })

  it('T110 is taken up again as it was left, and nothing else is', () => {
    const keep = memoryKeep()
    const writing = { id: null, revision: null, rule: { ...rule, name: 'Half' } }
    keepWriting(keep, writing)
    expect(keptWriting(keep)).toEqual(writing)
    keep.write('rule-draft', '{"rule":7')
    expect(keptWriting(keep)).toBeNull()
    keep.write('rule-draft', '{"rule":{"when":7}}')
    expect(keptWriting(keep)).toBeNull()
  })
})

describe('a number to be edited', () => {
  it.each([
    ['30', 30],
    ['۳۰', 30],
    ['٣٠', 30],
    ['-5', -5],
    ['−5', -5],
    ['--5', null],
    ['−-5', null],
    ['999', null],
    ['3.5', null],
    ['soon', null],
    ['', null],
  ])('T110 reads %s as %s', (text, number) => expect(readNumber(text, [-10, 500])).toBe(number))

  it.each(locales)('T110 is read as it is shown in %s', (locale) => {
    expect(readNumber(digits(createWords(locale), 1_234), [0, 86_400])).toBe(1_234)
  })

  it('T110 has the unit that leaves no rest, named beside it', () => {
    expect([45, 120, 5_400, 7_200, 86_400].map(unitOf)).toEqual(['second', 'minute', 'minute', 'hour', 'day'])
    expect([unitName('en', 'day', 1), unitName('en', 'day', 3), unitName('fa-IR', 'hour', 3)]).toEqual([
      'day',
      'days',
      'ساعت',
    ])
  })
})

describe('the menu of conditions', () => {
  it('T110 is searched whichever way a word is written', () => {
    const all = Object.keys(offers).flatMap((id) => {
      const kind = Object.values(offers).find(({ begin }) => begin.kind === id)?.begin.kind
      if (!kind) return []
      return [{ id: kind, noun: offers[kind].noun, name: catalogues.fa[`kind.${kind}`], about: '' }]
    })
    expect(searched(all, 'كشور').map(({ id }) => id)).toEqual(['country'])
    expect(searched(all, 'COUNTRY').map(({ id }) => id)).toEqual(['country'])
    expect(searched(all, 'qqq')).toEqual([])
  })
})

describe('the rules ready to be switched on', () => {
  it.each(readyRules)('T115 $id can be kept as it is, and speaks every language', (ready) => {
    const made = ruleFrom(ready, siteId, catalogues.en[`ready.${ready.id}`])
    expect(faultsIn(made)).toEqual([])
    expect(Object.keys(made.say).sort()).toEqual(['ar', 'en', 'fa'])
    expect(Object.values(made.say).join('')).not.toMatch(/[!！]/)
  })

  it.each(readyRules)(
    'T115 $id asks for no more than it says that pages must tell',
    ({ rule: { when }, needs }) => {
      const asked = [...JSON.stringify(when).matchAll(/"kind":"event","name":"([^"]+)"/g)].map(
        ([, name]) => name,
      )
      const told = needs.map(({ event }) => event)
      expect(asked.filter((name) => !told.includes(name ?? ''))).toEqual([])
    },
  )
})
