import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryWorkspace, openWorkspace } from '../../../server/workspace/open.ts'
import type { Workspace } from '../../../server/workspace/workspace.ts'
import { makeId, SiteKey } from '../../../shared/ids.ts'
import { failure, success } from '../../../shared/result.ts'
import { emptyWorkspace, type Site } from '../../../shared/workspace.ts'

let dataDir = ''
const file = () => join(dataDir, 'workspace.json')
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ahlan-workspace-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

const site = (name: string): Site => ({
  id: makeId('s', 1, randomBytes(10)),
  key: parse(SiteKey, 'shop'),
  name,
  origins: ['https://shop.example'],
  locale: 'fa',
  accent: '#0f766e',
  side: 'end',
  greeting: { fa: 'سلام' },
  replyTime: {},
  createdAt: 1,
})

const addSite = (workspace: Workspace, name: string) =>
  workspace.change((draft) => {
    draft.sites.push(site(name))
    return success(draft.sites.length)
  })

const names = (workspace: Workspace): string[] => workspace.read().sites.map(({ name }) => name)

describe('the settings document', () => {
  it('S7 a missing file is an empty workspace, and reading writes nothing', async () => {
    const workspace = await openWorkspace({ dataDir })
    expect(workspace.read()).toEqual(emptyWorkspace())
    expect(await readdir(dataDir)).toEqual([])
  })

  it('S7 a change is on disk when it is answered, readable and for its own user only', async () => {
    const workspace = await openWorkspace({ dataDir: join(dataDir, 'new') })
    expect(await addSite(workspace, 'Shop')).toEqual(success(1))
    dataDir = join(dataDir, 'new')
    expect(await readFile(file(), 'utf8')).toMatch(/^\{\n {2}"version": 1,\n {2}"sites": \[/)
    expect((await stat(file())).mode & 0o777).toBe(0o600)
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
    expect(await readdir(dataDir)).toEqual(['workspace.json'])
    expect(names(await openWorkspace({ dataDir }))).toEqual(['Shop'])
    dataDir = join(dataDir, '..')
  })

  it('S7 changes at once are made one after another', async () => {
    const workspace = await openWorkspace({ dataDir })
    const wanted = Array.from({ length: 10 }, (_, i) => `Shop ${i}`)
    const answers = await Promise.all(wanted.map((name) => addSite(workspace, name)))
    expect(answers).toEqual(wanted.map((_, i) => success(i + 1)))
    await workspace.close()
    expect(names(await openWorkspace({ dataDir }))).toEqual(wanted)
  })

  it('S7 an invalid change names the field and leaves everything as it was', async () => {
    const workspace = await openWorkspace({ dataDir })
    await addSite(workspace, 'Shop')
    const before = await readFile(file(), 'utf8')
    const answer = await workspace.change((draft) => {
      for (const one of draft.sites) one.accent = 'red'
      return success(undefined)
    })
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid', path: 'sites.0.accent' } })
    expect(workspace.read().sites[0]?.accent).toBe('#0f766e')
    expect(await readFile(file(), 'utf8')).toBe(before)
  })

  it('S7 a change that fails or throws leaves everything as it was, and the next one works', async () => {
    const workspace = await openWorkspace({ dataDir })
    const refused = workspace.change((draft) => {
      draft.sites.push(site('Half'))
      return failure('conflict', 'no')
    })
    const thrown = workspace.change(() => {
      throw new Error('surprise')
    })
    expect(await refused).toMatchObject({ ok: false, error: { code: 'conflict' } })
    await expect(thrown).rejects.toThrow('surprise')
    await addSite(workspace, 'Shop')
    expect(names(workspace)).toEqual(['Shop'])
  })

  it('S1 what cannot be written is unavailable, and works once it can', async () => {
    const workspace = await openWorkspace({ dataDir })
    // A directory where the temporary file has to go fails for root too.
    await mkdir(`${file()}.new`)
    expect(await addSite(workspace, 'Shop')).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    expect(names(workspace)).toEqual([])
    await rm(`${file()}.new`, { recursive: true })
    expect(await addSite(workspace, 'Shop')).toMatchObject({ ok: true })
  })

  it('S7 listeners hear of a change once it is durable, and one that throws starves no other', async () => {
    const errors: unknown[] = []
    const workspace = await openWorkspace({ dataDir, onListenerError: (error) => errors.push(error) })
    const heard: string[] = []
    workspace.onChange(() => {
      throw new Error('bad listener')
    })
    const stop = workspace.onChange((document) => heard.push(document.sites.map(({ name }) => name).join()))
    expect(await addSite(workspace, 'One')).toMatchObject({ ok: true })
    stop()
    await addSite(workspace, 'Two')
    expect(heard).toEqual(['One'])
    expect(errors).toHaveLength(2)
  })

  it.each([
    ['an empty file', '', 'is not JSON'],
    ['a truncated file', '{"version": 1, "sites": [', 'is not JSON'],
    ['null', 'null', 'cannot be used'],
    ['another shape', '{"posts": []}', 'cannot be used: at version'],
    [
      'a wrong field',
      JSON.stringify({ ...emptyWorkspace(), sites: [{ ...site('Shop'), side: 'up' }] }),
      'sites.0.side',
    ],
    ['an unknown field', JSON.stringify({ ...emptyWorkspace(), secret: 1 }), 'at secret'],
  ])('S8 %s stops the start and stays as it is', async (_, text, reason) => {
    await writeFile(file(), text)
    const opening = openWorkspace({ dataDir })
    await expect(opening).rejects.toThrow(reason)
    await expect(opening).rejects.toThrow(file())
    expect(await readFile(file(), 'utf8')).toBe(text)
  })

  it('S7 in memory it keeps the same rules', async () => {
    const workspace = await memoryWorkspace({ ...emptyWorkspace(), sites: [site('Given')] })
    expect(await addSite(workspace, '')).toMatchObject({ ok: false, error: { code: 'invalid' } })
    await addSite(workspace, 'Added')
    expect(names(workspace)).toEqual(['Given', 'Added'])
  })
})

describe('a document edited by hand while it is open', () => {
  const rename = async (from: string, to: string): Promise<string> => {
    const text = (await readFile(file(), 'utf8')).replace(`"name": "${from}"`, `"name": "${to}"`)
    await writeFile(file(), text)
    return text
  }

  it('S20 comes into force before the next change, which keeps it', async () => {
    const edits: unknown[] = []
    const workspace = await openWorkspace({ dataDir, onEdited: (fault) => edits.push(fault) })
    const heard: string[] = []
    await addSite(workspace, 'Shop')
    workspace.onChange((document) => heard.push(document.sites.map(({ name }) => name).join()))
    await rename('Shop', 'By hand')
    expect(await addSite(workspace, 'Second')).toEqual(success(2))
    expect(names(workspace)).toEqual(['By hand', 'Second'])
    expect(names(await openWorkspace({ dataDir }))).toEqual(['By hand', 'Second'])
    expect([heard, edits]).toEqual([['By hand', 'By hand,Second'], [null]])
  })

  it.each([
    ['is not JSON', '{"version": 1, "sites": ['],
    ['cannot be used: at secret', JSON.stringify({ ...emptyWorkspace(), secret: 1 })],
  ])('S20 refuses changes while what stands there %s, and leaves it as it is', async (reason, text) => {
    const edits: unknown[] = []
    const workspace = await openWorkspace({ dataDir, onEdited: (fault) => edits.push(fault) })
    await addSite(workspace, 'Shop')
    const good = await readFile(file(), 'utf8')
    await writeFile(file(), text)
    const answer = await addSite(workspace, 'Second')
    expect(answer).toMatchObject({ ok: false, error: { code: 'conflict' } })
    expect(Object(answer).error.message).toMatch(new RegExp(`${file()}.*${reason}`))
    expect(await readFile(file(), 'utf8')).toBe(text)
    expect([names(workspace), String(edits)]).toEqual([['Shop'], expect.stringContaining(reason)])
    await writeFile(file(), good)
    expect(await addSite(workspace, 'Second')).toEqual(success(2))
  })

  it('S20 is not overwritten by a change that is being made at that very moment', async () => {
    const workspace = await openWorkspace({ dataDir })
    await addSite(workspace, 'Shop')
    let text = ''
    const answer = await workspace.change((draft) => {
      text = readFileSync(file(), 'utf8').replace('"Shop"', '"By hand"')
      writeFileSync(file(), text)
      draft.sites.push(site('Second'))
      return success(undefined)
    })
    expect(answer).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    expect(await readFile(file(), 'utf8')).toBe(text)
    await addSite(workspace, 'Second')
    expect(names(workspace)).toEqual(['By hand', 'Second'])
    expect(await readdir(dataDir)).toEqual(['workspace.json'])
  })

  it('S20 is written anew by the next change when it was removed', async () => {
    const workspace = await openWorkspace({ dataDir })
    await addSite(workspace, 'Shop')
    await rm(file())
    await addSite(workspace, 'Second')
    expect(names(await openWorkspace({ dataDir }))).toEqual(['Shop', 'Second'])
  })
})
