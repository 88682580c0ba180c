import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildWidget } from '../../server/dev/build-widget.ts'

const kilobyte = 1_024
let folder = ''
let sizes: Record<string, number>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ahlan-widget-'))
  await buildWidget(folder)
  const chunks = (await readdir(join(folder, 'w'))).map((name) => `w/${name}`)
  const entries = ['widget.js', ...chunks].map(async (name) => [name, await brotliSize(name)] as const)
  sizes = Object.fromEntries(await Promise.all(entries))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const brotliSize = async (name: string) => brotliCompressSync(await readFile(join(folder, name))).length

it('H5 keeps the loader from growing on its way down to 2 kB', () => {
  expect(sizes['widget.js']).toBeLessThanOrEqual(2.25 * kilobyte)
})

it('H5 keeps all that is needed to open and chat, in one language, within 26 kB', () => {
  const needed = Object.entries(sizes).filter(([name]) => !/^w\/(ar|fa|api)-/.test(name))
  expect(needed.reduce((sum, [, size]) => sum + size, 0)).toBeLessThanOrEqual(26 * kilobyte)
})

it('H6 carries no sink for markup and no code from text', async () => {
  for (const name of Object.keys(sizes)) {
    const code = await readFile(join(folder, name), 'utf8')
    expect(code).not.toMatch(
      /\beval\(|new Function\(|document\.write|insertAdjacentHTML|createElement\("style"\)/,
    )
  }
})
