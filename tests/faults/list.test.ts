import { access, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = dirname(new URL(import.meta.url).pathname)

interface Named {
  fault: string
  file: string
  title: string
}

/** Rows whose second cell is a file in backticks and the end of the title of one of its tests. */
function namedIn(page: string): Named[] {
  const row = /^\| (?<fault>[^|]+) \| `(?<file>[^`]+\.test\.ts)` (?<title>[^|]+) \|$/gm
  return [...page.matchAll(row)].map(({ groups = {} }) => ({
    fault: groups.fault ?? '',
    file: groups.file ?? '',
    title: groups.title ?? '',
  }))
}

async function isThere({ file, title }: Named): Promise<boolean> {
  const path = join(folder, file)
  const text = await access(path).then(
    () => readFile(path, 'utf8'),
    () => '',
  )
  return text.includes(`${title}'`)
}

describe('the list of faults', async () => {
  const page = await readFile(join(folder, 'README.md'), 'utf8')
  const rows = namedIn(page)

  it('leaves no row without a test', () => {
    const cells = page.match(/^\| .*`[^|]*\|$/gm) ?? []
    const others = cells.filter((line) => !rows.some(({ fault }) => line.startsWith(`| ${fault} |`)))
    expect(others).toEqual(['| any of it ten thousand times | `npm run faults` |'])
    expect(rows.length).toBeGreaterThan(40)
  })

  it('names only tests that are there', async () => {
    const found = await Promise.all(rows.map(async (one) => ((await isThere(one)) ? [] : [one])))
    expect(found.flat()).toEqual([])
  })

  it('would find one that is not', async () => {
    const [wrong] = namedIn('| a flood | `kill.test.ts` nobody wrote this one |')
    expect(wrong && (await isThere(wrong))).toBe(false)
  })
})
