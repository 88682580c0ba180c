import { describe, expect, it } from 'vitest'
import { createRules } from '../../../server/domain/proactive/rules.ts'
import { systemRandom } from '../../../server/system.ts'
import { memoryWorkspace } from '../../../server/workspace/open.ts'
import { makeId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { success } from '../../../shared/result.ts'
import { byRank } from '../../../shared/triggers/page.ts'
import type { RuleDraft } from '../../../shared/triggers/rule.ts'
import { emptyWorkspace, type Site } from '../../../shared/workspace.ts'
import { handClock } from '../../support/clock.ts'
import { must } from '../../support/domain-world.ts'

const siteId = makeId('s', 1, new Uint8Array(10))
const sara = makeId('a', 1, new Uint8Array(10))
const amir = makeId('a', 2, new Uint8Array(10))
const site: Site = {
  ...{
    id: siteId,
    key: 'shop' as Site['key'],
    createdAt: 1,
    name: 'Shop',
    origins: ['https://shop.example'],
  },
  ...{ locale: 'en', accent: '#0f766e', side: 'end', greeting: {}, replyTime: {} },
}
const draft = (name: string, more: Partial<RuleDraft> = {}): RuleDraft => ({
  ...{ version: 2, siteId, name, enabled: true, priority: 0, when: [], say: { en: name } },
  ...more,
})

async function openRules() {
  const workspace = await memoryWorkspace({ ...emptyWorkspace(), sites: [site] })
  const clock = handClock()
  const rules = createRules({ workspace, clock, random: systemRandom })
  const made = must(await rules.create(draft('First'), { by: sara }))
  const names = (id = made.id) => rules.versions(id).map(({ version, rule }) => [version, rule?.name ?? null])
  return { workspace, clock, rules, made, names }
}

describe('versions of a rule', () => {
  it('T111 hold what it was, when, and by whom, the latest first', async () => {
    const { rules, clock, made, names } = await openRules()
    const began = clock.now()
    clock.advance(1_000)
    must(await rules.change(made.id, draft('Second'), { by: amir }))
    expect(names()).toEqual([
      [2, 'Second'],
      [1, 'First'],
    ])
    expect(rules.versions(made.id)).toMatchObject([
      { by: amir, at: began + 1_000 },
      { by: sara, at: began },
    ])
  })

  it('T111 come back with all they said, and can be taken back in turn', async () => {
    const { rules, made, names } = await openRules()
    must(await rules.change(made.id, draft('Second', { holdout: 0.3 })))
    expect(must(await rules.restore(made.id, 1))).toEqual(made)
    expect(must(await rules.restore(made.id, 2))).toMatchObject({ name: 'Second', holdout: 0.3 })
    expect(names().map(([, name]) => name)).toEqual(['Second', 'First', 'Second', 'First'])
    expect((await rules.restore(made.id, 9)).ok).toBe(false)
  })

  it('T111 bring back a rule that was removed, under its own id', async () => {
    const { rules, clock, made } = await openRules()
    must(await rules.remove(made.id, { by: amir }))
    expect(rules.list()).toEqual([])
    expect(rules.removed(siteId)).toEqual([
      { id: made.id, siteId, name: 'First', version: 1, at: clock.now(), by: amir },
    ])
    must(await rules.restore(made.id, 1))
    expect(rules.list()).toEqual([made])
    expect(rules.removed()).toEqual([])
  })

  it('T111 hold what was there before an edit by hand, and what the hand wrote', async () => {
    const { rules, workspace, made, names } = await openRules()
    must(
      await workspace.change((document) => {
        document.rules = document.rules.map((rule) => ({ ...rule, name: 'By hand' }))
        document.ruleVersions?.push('a slip of the hand')
        return success(undefined)
      }),
    )
    must(await rules.change(made.id, draft('After'), { by: sara }))
    expect(names().map(([, name]) => name)).toEqual(['After', 'By hand', 'First'])
    expect(rules.versions(made.id)[1]?.by).toBeNull()
  })

  it('T111 are not pushed out by saving a rule as it is', async () => {
    const { rules, made, names } = await openRules()
    must(await rules.change(made.id, draft('Second')))
    for (let i = 0; i < limits.versionsPerRule; i++) must(await rules.change(made.id, draft('Second')))
    must(await rules.restore(made.id, 2))
    expect(names()).toEqual([
      [2, 'Second'],
      [1, 'First'],
    ])
  })

  it('T111 are bounded, the oldest go first', async () => {
    const { rules, made, workspace } = await openRules()
    for (let i = 0; i < limits.versionsPerRule + 5; i++) must(await rules.change(made.id, draft(`${i}`)))
    expect(rules.versions(made.id)).toHaveLength(limits.versionsPerRule)
    expect(rules.versions(made.id)[0]).toMatchObject({ rule: { name: `${limits.versionsPerRule + 4}` } })
    const long = { en: 'x'.repeat(limits.messageCharacters) }
    for (let i = 0; i < 150; i++) must(await rules.create(draft(`Long ${i}`, { say: long })))
    const bytes = JSON.stringify(workspace.read().ruleVersions).length
    expect(bytes).toBeLessThanOrEqual(limits.ruleVersionsBytes + 1_000)
    expect(bytes).toBeGreaterThan(limits.ruleVersionsBytes / 2)
  })
})

describe('two who change one rule', () => {
  it('T112 the second is told, and nothing is overwritten', async () => {
    const { rules, made } = await openRules()
    const seen = rules.revisionOf(made)
    must(await rules.change(made.id, draft('Sara’s'), { by: sara, ifRevision: seen }))
    const late = await rules.change(made.id, draft('Amir’s'), { by: amir, ifRevision: seen })
    expect(late).toMatchObject({ ok: false, error: { code: 'conflict', path: 'ifRevision' } })
    expect(await rules.restore(made.id, 1, { ifRevision: seen })).toMatchObject({ ok: false })
    expect(rules.byId(made.id)?.name).toBe('Sara’s')
  })

  it('T112 an edit by hand counts as a change, another place in the order does not', async () => {
    const { rules, made, workspace } = await openRules()
    const other = must(await rules.create(draft('Other')))
    const seen = rules.revisionOf(made)
    must(await rules.order(siteId, [other.id, made.id]))
    must(await rules.change(made.id, draft('Again', { priority: 1 }), { ifRevision: seen }))
    const again = rules.byId(made.id)
    must(
      await workspace.change((document) => {
        document.rules = document.rules.map((rule) => ({ ...rule, enabled: false }))
        return success(undefined)
      }),
    )
    const late = await rules.change(made.id, draft('Late'), { ifRevision: rules.revisionOf(again ?? {}) })
    expect(late).toMatchObject({ ok: false, error: { code: 'conflict' } })
  })
})

describe('the order of rules', () => {
  it('T113 is the one that was given, and leaves no version behind', async () => {
    const { rules, made } = await openRules()
    const [second, third] = [must(await rules.create(draft('B'))), must(await rules.create(draft('C')))]
    const ids = [third.id, made.id, second.id]
    must(await rules.order(siteId, ids))
    expect([...rules.list()].sort(byRank).map(({ id }) => id)).toEqual(ids)
    expect(rules.versions(made.id)).toHaveLength(1)
    must(await rules.change(second.id, draft('B2', { priority: 1 })))
    expect(must(await rules.restore(second.id, 1)).priority).toBe(1)
  })

  it('T113 is refused where the rules are others by now', async () => {
    const { rules, made } = await openRules()
    const other = must(await rules.create(draft('B')))
    for (const ids of [
      [made.id],
      [made.id, made.id],
      [made.id, other.id, makeId('r', 9, new Uint8Array(10))],
    ])
      expect(await rules.order(siteId, ids)).toMatchObject({ ok: false, error: { code: 'conflict' } })
  })
})
