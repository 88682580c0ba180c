import { describe, expect, it } from 'vitest'
import { type Edge, edgesOf } from './graph.ts'
import {
  halfNames,
  heavyLoader,
  misplacedPackages,
  roundTrips,
  screensEntangled,
  wrongWays,
} from './layers.ts'
import { statements } from './safety.ts'
import { isCode, readRepository } from './sources.ts'
import { parse } from './syntax.ts'

const house = parse(readRepository().filter(isCode))
const edges = edgesOf(house)

/** The imports of a few made-up files. */
const madeUp = (files: Record<string, string>): Edge[] =>
  edgesOf(parse(Object.entries(files).map(([path, text]) => ({ path, text }))))

describe('who may import whom', () => {
  it('keeps to the layers', () => expect(wrongWays(edges)).toEqual([]))
  it('keeps each package in its place', () => expect(misplacedPackages(edges)).toEqual([]))
  it('keeps the screens of the console apart', () => expect(screensEntangled(edges)).toEqual([]))
  it('keeps the loader small', () => expect(heavyLoader(edges)).toEqual([]))
  it('has no cycle, type imports counted', () => expect(roundTrips(edges)).toEqual([]))
  it('names files in full', () => expect(halfNames(edges)).toEqual([]))
  it('keeps SQL in the history', () => {
    const elsewhere = house.filter(({ path }) => !/^(server\/(history|dev)|tests)\//.test(path))
    expect(elsewhere.flatMap(statements)).toEqual([])
  })
})

describe('the check itself', () => {
  it.each([
    ['shared/a.ts', '../widget/b.ts'],
    ['widget/a.ts', '../server/domain/domain.ts'],
    ['widget/tracker/a.ts', '../state/b.ts'],
    ['widget/connection/a.ts', '../state/b.ts'],
    ['widget/state/a.ts', '../ui/b.tsx'],
    ['agent-console/a.ts', '../widget/b.ts'],
    ['server/domain/a.ts', '../http/b.ts'],
    ['server/domain/a.ts', '../history/sql.ts'],
    ['server/history/a.ts', '../domain/visits/visits.ts'],
    ['server/http/a.ts', '../live/b.ts'],
    ['server/app.ts', '../tests/b.ts'],
    ['elsewhere/a.ts', '../shared/b.ts'],
  ])('finds that %s imports %s, and says what to do', (path, target) => {
    const [finding] = wrongWays(madeUp({ [path]: `import type { B } from '${target}'` }))
    expect(finding).toMatch(/^[\w/-]+\.ts:1 imports [\w/-]+\.tsx?: .{20,}/)
  })

  it.each([
    ['server/domain/a.ts', '../history/history.ts'],
    ['server/http/a.ts', '../domain/domain.ts'],
    ['widget/loader.ts', './tracker/page-views.ts'],
    ['tests/browser/a.ts', '../../server/app.ts'],
  ])('lets %s import %s', (path, target) => {
    expect(wrongWays(madeUp({ [path]: `export * from '${target}'` }))).toEqual([])
  })

  it.each([
    ['widget/live.ts', 'socket.io-client'],
    ['server/domain/a.ts', 'express'],
    ['server/domain/a.ts', 'socket.io'],
    ['server/http/a.ts', 'pg'],
    ['server/cli/a.ts', 'lowdb/node'],
    ['widget/state/a.ts', 'preact/hooks'],
    ['shared/a.ts', 'node:crypto'],
  ])('finds that %s uses %s', (path, name) => {
    expect(misplacedPackages(madeUp({ [path]: `import '${name}'` }))).toHaveLength(1)
  })

  it('finds a dynamic import as well', () => {
    expect(wrongWays(madeUp({ 'shared/a.ts': `await import('../widget/b.ts')` }))).toHaveLength(1)
  })

  it('finds a screen that knows another', () => {
    const files = { 'agent-console/inbox/a.tsx': `import '../reports/b.tsx'` }
    expect(screensEntangled(madeUp(files))).toHaveLength(1)
  })

  it('finds what the loader reaches by way of others', () => {
    const files = {
      'widget/loader.ts': `import './queue.ts'`,
      'widget/queue.ts': `import type { S } from './state/chat.ts'`,
    }
    expect(heavyLoader(madeUp(files))).toHaveLength(1)
  })

  it('finds a cycle made of types', () => {
    const files = {
      'shared/a.ts': `import type { B } from './b.ts'`,
      'shared/b.ts': `export type { C } from './c.ts'`,
      'shared/c.ts': `type A = import('./a.ts').A`,
    }
    expect(roundTrips(madeUp(files))).toEqual([expect.stringContaining('shared/c.ts → shared/a.ts')])
  })

  it('finds an import without extension', () => {
    expect(halfNames(madeUp({ 'shared/a.ts': `import './b'` }))).toHaveLength(1)
  })

  it('finds SQL, and not a sentence', () => {
    const text = "const a = [`select * from visitors`, 'INSERT INTO a', 'Select a visitor from the list']"
    expect(parse([{ path: 'server/http/a.ts', text }]).flatMap(statements)).toHaveLength(2)
  })
})
