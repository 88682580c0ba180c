import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildWidget, refuseShortenedExports } from '../../server/dev/build-widget.ts'
import { compressTree } from '../../server/dev/compress.ts'
import { type WidgetSizes, widgetSizes } from '../../server/dev/widget-sizes.ts'

let folder = ''
let sizes: WidgetSizes

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ahlan-widget-'))
  await buildWidget(folder)
  await compressTree(folder)
  sizes = await widgetSizes(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('H5 costs a page at most 2,000 bytes to begin with', () => {
  expect(sizes.loader).toBeLessThanOrEqual(2_000)
})

it('H5 downloads at most 26,000 bytes to open and chat in a language', () => {
  expect(sizes.chat).toBeGreaterThan(sizes.loader)
  expect(sizes.chat).toBeLessThanOrEqual(26_000)
})

it('W52 keeps the names of words that are looked up by name', async () => {
  const english = sizes.files.find(({ name }) => name.startsWith('w/en-'))
  const code = await readFile(join(folder, english?.name ?? ''), 'utf8')
  const words = ['connecting', 'reconnecting', 'offline', 'online', 'outdated', 'refused']
  for (const name of [...words, 'queued', 'sending', 'sent', 'delivered', 'seen'])
    expect(code).toMatch(new RegExp(`[{,]${name}:`))
})

it('H5 is not built where a name would be shortened that one part asks another for', () => {
  const chunk = (...exports: string[]) => ({ 'w/files.js': { exports } })
  expect(() => refuseShortenedExports(chunk('pick', 'loadKit'))).toThrow('must not be shortened: loadKit')
  expect(() => refuseShortenedExports(chunk('pick', 'parcelsOf'))).not.toThrow()
})

it('H6 carries no sink for markup and no code from text', async () => {
  for (const { name } of sizes.files) {
    const code = await readFile(join(folder, name), 'utf8')
    expect(code).not.toMatch(
      /\beval\(|new Function\(|document\.write|insertAdjacentHTML|createElement\("style"\)/,
    )
  }
})
