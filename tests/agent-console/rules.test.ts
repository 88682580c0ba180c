import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  changeCondition,
  missingKinds,
  newRule,
  readCount,
  readyToSend,
  withCondition,
  withoutCondition,
} from '../../agent-console/proactive/sentence.ts'
import { digits } from '../../agent-console/ui/format.ts'
import { createWords } from '../../agent-console/ui/words.ts'
import { locales } from '../../shared/locale.ts'
import { RuleDraft } from '../../shared/triggers/rule.ts'
import { siteId } from '../shared/story.ts'

const rule = newRule(siteId)

describe('a rule as a sentence', () => {
  it('begins with what makes sense and offers what it lacks', () => {
    expect(rule.when.map(({ kind }) => kind)).toEqual(['url', 'secondsOnPage', 'somebodyCanAnswer'])
    expect(missingKinds(rule)).toEqual(['pageViews'])
  })

  it('takes each kind of condition once', () => {
    const more = withCondition(rule, 'pageViews')
    expect(missingKinds(more)).toEqual([])
    expect(withCondition(more, 'pageViews')).toBe(more)
  })

  it('changes and drops one part and leaves the others', () => {
    const changed = changeCondition(rule, 1, { kind: 'secondsOnPage', atLeast: 5 })
    expect(changed.when[1]).toEqual({ kind: 'secondsOnPage', atLeast: 5 })
    expect(withoutCondition(changed, 0).when).toEqual(changed.when.slice(1))
  })

  it('is sent without blank languages, and named by its text when nobody named it', () => {
    const ready = readyToSend({ ...rule, say: { en: ' Can I help? ', fa: '  ' } })
    expect(ready).toMatchObject({ name: 'Can I help?', say: { en: ' Can I help? ' } })
    expect(v.safeParse(RuleDraft, ready).success).toBe(true)
  })

  it.each([
    ['30', 30],
    ['۳۰', 30],
    ['٣٠', 30],
    ['999999', 500],
    ['3.5', null],
    ['-1', null],
    ['soon', null],
  ])('reads %s as %s', (text, count) => expect(readCount(text, 500)).toBe(count))
})

describe('a number to be edited', () => {
  it.each(locales)('is read as it is shown in %s', (locale) => {
    expect(readCount(digits(createWords(locale), 1_234), 86_400)).toBe(1_234)
  })
})
