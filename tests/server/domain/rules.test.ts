import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRules } from '../../../server/domain/proactive/rules.ts'
import { systemRandom } from '../../../server/system.ts'
import { openWorkspace } from '../../../server/workspace/open.ts'
import { makeId } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { emptyWorkspace } from '../../../shared/workspace.ts'
import { handClock } from '../../support/clock.ts'
import { must } from '../../support/domain-world.ts'

const clock = handClock()
const siteId = makeId('s', 1, new Uint8Array(10))
const site = {
  ...{ id: siteId, key: 'shop', createdAt: 1, name: 'Shop', origins: ['https://shop.example'], locale: 'en' },
  ...{ accent: '#0f766e', side: 'end', greeting: {}, replyTime: {} },
}
/** As the first version of the product stored them. */
const rule = (age: number, more: object = {}) => ({
  ...{
    siteId,
    name: `Rule ${age}`,
    enabled: true,
    priority: 1,
    when: [{ kind: 'url', glob: '/*' }],
    say: { en: 'Hi' },
  },
  ...{ id: makeId('r', age, new Uint8Array(10)), createdAt: age },
  ...more,
})
const broken = rule(2, { version: 7, moods: ['sunny'] })

let dataDir = ''
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ahlan-rules-'))
  const document = { ...emptyWorkspace(), sites: [site], rules: [rule(1), broken, rule(3)] }
  await writeFile(join(dataDir, 'workspace.json'), JSON.stringify(document))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const open = async () =>
  createRules({ workspace: await openWorkspace({ dataDir }), clock, random: systemRandom })
const onDisk = async (): Promise<{ rules: object[] }> =>
  JSON.parse(await readFile(join(dataDir, 'workspace.json'), 'utf8'))

describe('rules in the settings', () => {
  it('T12 that cannot be read stop neither the start nor the others, and stay as they are', async () => {
    const rules = await open()
    expect(rules.list(siteId).map(({ name }) => name)).toEqual(['Rule 1', 'Rule 3'])
    expect(rules.unreadable(siteId)).toMatchObject([
      { id: broken.id, faults: [{ code: 'newerVersion' }, { path: 'moods' }] },
    ])
    must(await rules.change(rule(3).id, { ...draftOf(rule(3)), priority: 9 }))
    expect((await onDisk()).rules[1]).toEqual(broken)
  })

  it('T12 that cannot be read can be replaced and removed', async () => {
    const rules = await open()
    must(await rules.change(broken.id, draftOf(rule(2))))
    expect(rules.list().map(({ name }) => name)).toEqual(['Rule 1', 'Rule 2', 'Rule 3'])
    expect(rules.unreadable()).toEqual([])
    must(await rules.remove(broken.id))
    expect(await onDisk()).toMatchObject({ rules: [{ name: 'Rule 1' }, { name: 'Rule 3' }] })
  })

  it('T12 of the first version are read as what they always meant', async () => {
    const [first] = (await open()).list()
    expect(first).toEqual({ ...rule(1), version: 2, limits: { needsSomebody: false }, holdout: 0 })
  })
})

const draftOf = ({ id: _id, createdAt: _at, ...draft }: ReturnType<typeof rule>) => ({
  ...draft,
  when: [{ kind: 'url' as const, glob: '/*' }],
})

describe('the limit of a site', () => {
  it('T93 holds for a rule that comes from another site, by a change or by a version of before', async () => {
    const other = { ...site, id: makeId('s', 2, new Uint8Array(10)), key: 'blog' }
    const full = Array.from({ length: limits.rulesPerSite }, (_, n) => rule(n + 10, { siteId: other.id }))
    const document = { ...emptyWorkspace(), sites: [site, other], rules: [rule(1), ...full] }
    await writeFile(join(dataDir, 'workspace.json'), JSON.stringify(document))
    const rules = await open()
    const moved = () => rules.change(rule(1).id, { ...draftOf(rule(1)), siteId: other.id })
    expect(await moved()).toMatchObject({ ok: false, error: { code: 'conflict' } })
    const [first, second] = full
    if (!first || !second) throw new Error('The site is full.')
    must(await rules.remove(first.id))
    must(await moved())
    must(await rules.change(second.id, { ...draftOf(second), siteId: other.id, name: 'Another' }))
    must(await rules.change(rule(1).id, draftOf(rule(1))))
    must(await rules.create({ ...draftOf(rule(1)), siteId: other.id }))
    expect(await rules.restore(rule(1).id, 2)).toMatchObject({ ok: false, error: { code: 'conflict' } })
    must(await rules.remove(second.id))
    must(await rules.restore(rule(1).id, 2))
  })

  it('T95 is one of bytes too: what would outgrow it is refused, and what is smaller than before is taken', async () => {
    const long = 'x'.repeat(limits.messageCharacters)
    const say = { en: long, fa: long, ar: long }
    const many = Array.from({ length: 150 }, (_, n) => rule(n, { say }))
    const document = { ...emptyWorkspace(), sites: [site], rules: many }
    await writeFile(join(dataDir, 'workspace.json'), JSON.stringify(document))
    const rules = await open()
    const refused = { ok: false, error: { code: 'conflict', message: expect.stringContaining('2 MB') } }
    expect(await rules.create(draftOf(rule(999)))).toMatchObject(refused)
    expect(await rules.change(rule(5).id, draftOf(rule(5, { say, name: 'A longer name' })))).toMatchObject(
      refused,
    )
    must(await rules.change(rule(5).id, draftOf(rule(5))))
    expect(await rules.restore(rule(5).id, 1)).toMatchObject(refused)
  })
})
