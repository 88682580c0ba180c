import { describe, expect, it } from 'vitest'
import { lineCount } from './ceilings.ts'
import { type Known, knownOf, untrue } from './readme.ts'
import { readRepository, rooms } from './sources.ts'

const files = readRepository()
const pages = files.filter(({ path }) => path.endsWith('.md'))

describe('the documentation', () => {
  it('names only what exists', () => {
    const known = knownOf(files)
    expect(pages.flatMap((page) => untrue(page, known))).toEqual([])
  })

  it.each(['README.md', 'tests/README.md', ...rooms.map((room) => `${room}/README.md`)])('has %s', (path) => {
    expect(pages.map((page) => page.path)).toContain(path)
  })

  it('has a page of one screen for each room', () => {
    const readmes = pages.filter(({ path }) => /^[\w-]+\/README\.md$/.test(path))
    expect(readmes.filter(({ text }) => lineCount(text) > 80).map(({ path }) => path)).toEqual([])
  })
})

describe('the check itself', () => {
  const known: Known = {
    paths: new Set(['server', 'server/cli', 'server/cli/serve.ts', 'server/main.ts']),
    scripts: new Set(['test', 'bench']),
  }
  const findings = (text: string, path = 'README.md'): string[] => untrue({ path, text }, known)

  it('accepts what exists, from the root and from the page', () => {
    const text =
      '`server/main.ts`, `npm test`, `npm run bench -- --json`, `npx ahlan serve`, [it](server/cli/)'
    expect(findings(text)).toEqual([])
    expect(findings('`main.ts`', 'server/README.md')).toEqual([])
    expect(findings('`serve.ts`, wherever it stands')).toEqual([])
  })

  it.each(['`server/gone.ts`', '[it](server/gone.md)', '`npm run gone`', '`npx ahlan gone`', '`gone.ts`'])(
    'finds that %s does not exist',
    (text) => expect(findings(text)).toHaveLength(1),
  )

  it('leaves other words, addresses and made files alone', () => {
    expect(findings('`text/plain` `/healthz` `dist/public/x.js` [a](https://a.example) `data-site`')).toEqual(
      [],
    )
  })
})
