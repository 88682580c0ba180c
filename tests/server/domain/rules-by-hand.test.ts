import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Visit } from '../../../server/domain/visits/visit.ts'
import { type DomainWorld, must, openDomain } from '../../support/domain-world.ts'
import { pageOf } from '../../support/of-visit.ts'

let world: DomainWorld
let visit: Visit
beforeAll(async () => {
  world = await openDomain()
  const limits = { needsSomebody: false }
  for (const name of ['First', 'Second', 'Third']) must(await world.addRule({ name, limits, holdout: 0 }))
  visit = await world.opens('/')
})
afterAll(() => world.end())

const file = () => join(world.dataDir, 'workspace.json')
/** Of the rules that are told to a page, and that speak when it asks for them. */
function speaking(): string[] {
  const page = pageOf(visit)
  const told = world.proactive.rulesFor(visit, page).map(({ id }) => id)
  return world.rules.list().flatMap(({ id, name }) => (told.includes(id) ? [name] : []))
}

/** Writes the second rule anew, as an editor does, while the server runs. */
async function editSecond(edit: (rule: Record<string, unknown>) => unknown): Promise<string> {
  const document = JSON.parse(await readFile(file(), 'utf8'))
  document.rules[1] = edit(document.rules[1])
  const text = JSON.stringify(document)
  await writeFile(file(), text)
  return text
}
/** Whatever is set next takes the edit in. */
const setSomething = () => {
  const { id, key: _, createdAt: __, ...draft } = world.site
  return world.sites.change(id, draft)
}

it.each([
  ['a condition that there is not', { when: [{ kind: 'mood', is: 'sunny' }] }],
  ['a text where a list belongs', { when: 'always' }],
  [
    'groups deeper than are read',
    { when: [JSON.parse(`${'{"kind":"all","of":['.repeat(40)}${']}'.repeat(40)}`)] },
  ],
  ['nothing to say', { say: null }],
  ['a later version', { version: 99 }],
])(
  'T12 S20 a rule that is given %s by hand while the server runs says nothing, and the others speak on',
  async (_, broken) => {
    const before = await readFile(file(), 'utf8')
    expect(speaking()).toEqual(['First', 'Second', 'Third'])
    await editSecond((rule) => ({ ...rule, ...broken }))
    must(await setSomething())
    expect(speaking()).toEqual(['First', 'Third'])
    expect(world.rules.unreadable()).toMatchObject([{ name: 'Second' }])
    expect(JSON.parse(await readFile(file(), 'utf8')).rules[1]).toMatchObject(broken)
    expect(
      world.proactive
        .why(visit.id)
        ?.map(({ name }) => name)
        .sort(),
    ).toEqual(['First', 'Third'])
    await writeFile(file(), before)
    must(await setSomething())
    expect(speaking()).toEqual(['First', 'Second', 'Third'])
  },
)

it.each([
  ['without a name of its own', ({ id: _, ...rule }: Record<string, unknown>) => rule],
  ['of no site', (rule: object) => ({ ...rule, siteId: 'nowhere' })],
  ['that is none', () => null],
])(
  'T12 S20 beside a rule %s all speak on as before, and nothing is set until it is mended',
  async (_, edit) => {
    const before = await readFile(file(), 'utf8')
    const text = await editSecond(edit)
    expect(await setSomething()).toMatchObject({
      ok: false,
      error: { code: 'conflict', message: expect.stringContaining('at rules.1') },
    })
    expect(speaking()).toEqual(['First', 'Second', 'Third'])
    expect(await readFile(file(), 'utf8')).toBe(text)
    await writeFile(file(), before)
    must(await setSomething())
    expect(speaking()).toEqual(['First', 'Second', 'Third'])
  },
)
