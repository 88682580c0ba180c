import { describe, expect, it } from 'vitest'
import { kinds } from '../../shared/triggers/kinds/kinds.ts'
import { type Finding, readRepository, type Source } from './sources.ts'

const files = readRepository()
const page = files.find(({ path }) => path === 'shared/triggers/README.md')?.text ?? ''

interface Row {
  id: string
  needs: string
  known: string
  told: string
  test: string
  inPage: string
}

/** The rows of the table: kind, when it holds, facts, known by, told today by, test, and test in a page. */
const rows = (text: string): Row[] =>
  [...text.matchAll(/^\| `(\w+)` .*$/gm)].map(([line, id = '']) => {
    const [, , needs = '', known = '', told = '', test = '', inPage = ''] = line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim())
    return { id, needs, known, told, test: test.replaceAll('`', ''), inPage: inPage.replaceAll('`', '') }
  })

/** What the table says and the language does not, and the reverse; kinds whose test has no example of them. */
function untold(text: string, sources: readonly Source[]): Finding[] {
  const told = rows(text)
  return [
    ...kinds.filter(({ id }) => !told.some((row) => row.id === id)).map(({ id }) => `${id} has no row`),
    ...told.flatMap(({ id, needs, known, told: by, test, inPage }) => {
      const kind = kinds.find((one) => one.id === id)
      if (!kind) return [`${id} is no condition`]
      const hasExample = (file: string) =>
        new RegExp(`^  ${id}: \\[`, 'm').test(sources.find(({ path }) => path === file)?.text ?? '')
      const proofs = by === 'none yet' ? [test] : [test, inPage]
      return [
        ...(kind.needs.join(', ') === needs ? [] : [`${id} needs ${kind.needs.join(', ')}`]),
        ...(kind.known === known ? [] : [`${id} is known by ${kind.known}`]),
        ...proofs.flatMap((file) =>
          hasExample(file) ? [] : [`${file || 'no page'} has no example of ${id}`],
        ),
      ]
    }),
  ]
}

describe('the table of conditions', () => {
  it('T18 names each kind, what it needs, who knows that, and a test with examples of it', () => {
    expect(untold(page, files)).toEqual([])
  })

  it('finds a kind left out, one that does not exist, and one that is told wrong', () => {
    const without = page.replace(/^\| `url` .*\n/m, '')
    expect(untold(without, files)).toEqual(['url has no row'])
    expect(untold(page.replace('| `url` ', '| `mood` '), files)).toEqual([
      'url has no row',
      'mood is no condition',
    ])
    expect(untold(page.replace(/kinds\.test\.ts/, 'glob.test.ts'), files)).toHaveLength(1)
    expect(untold(page.replace(/\| server( +)\|/, '| page$1|'), files)).toHaveLength(1)
  })
})
