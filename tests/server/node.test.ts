import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sqlitePackage } from '../../server/history/sqlite-package.ts'
import { nodeFits, nodeRange } from '../../server/node-range.ts'

let home = ''
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ahlan-node-'))
})
afterEach(() => rm(home, { recursive: true }))

/** What the built server or a command says in a Node in which `before` was done. */
async function said(args: string, before: string): Promise<{ code: number; out: string; complaint: string }> {
  const options = `--import=data:text/javascript,${encodeURIComponent(before)}`
  const env = { ...process.env, DATA_DIR: join(home, 'data'), PORT: '0', NODE_OPTIONS: options }
  const child = spawn(process.execPath, args.split(' '), { env })
  const code = new Promise<number>((resolve) => {
    child.once('exit', (status) => resolve(status ?? -1))
  })
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, out, complaint }
}

const pretend = (version: string): string =>
  `Object.defineProperty(process.versions, 'node', { value: '${version}' })`

const withoutSqlite = `
  import { Module } from 'node:module'
  const find = Module._resolveFilename
  Module._resolveFilename = (name, ...rest) => {
    if (/sqlite/.test(name)) throw new Error('There is none.')
    return find(name, ...rest)
  }`

describe('the Node at hand', () => {
  it('S67 is one that package.json names', async () => {
    const { engines } = JSON.parse(await readFile('package.json', 'utf8'))
    expect(engines.node).toBe(nodeRange)
    expect(
      ['20.19.0', '20.20.2', '22.12.0', '22.23.3', '24.0.0', '26.10.0', '30.0.0'].filter(nodeFits),
    ).toHaveLength(7)
    expect(['16.20.2', '18.20.8', '20.18.3', '21.7.3', '22.11.0', '23.11.1', ''].filter(nodeFits)).toEqual([])
    expect(nodeFits(process.versions.node)).toBe(true)
  })

  it.each(['dist/server/main.js', 'dist/server/cli.js owner create', 'dist/server/cli.js doctor'])(
    'S67 is told in one line to %s when it does not fit, and nothing is touched',
    async (command) => {
      expect(await said(command, pretend('18.20.8'))).toEqual({
        ...{ code: 1, out: '' },
        complaint: 'Node 18.20.8 does not run Ahlan: install Node 20.19, 22.12, or 24 or later.\n',
      })
      expect(existsSync(join(home, 'data'))).toBe(false)
    },
  )

  it('S68 has the line of the package that runs on it', () => {
    expect(['9', '10', '11'].map((nodeApi) => sqlitePackage(nodeApi))).toEqual([
      ...['better-sqlite3', 'better-sqlite3-node-api', 'better-sqlite3-node-api'],
    ])
  })

  const missing = /The store's native part is not there for Node v[\d.]+: run npm ci again with this Node/

  it('S68 lacks the native part: one line says so, and what is to be done', async () => {
    const { code, complaint } = await said('dist/server/main.js', withoutSqlite)
    expect([code, complaint]).toEqual([1, expect.stringMatching(missing)])
    expect(complaint.match(/\n/g)).toHaveLength(1)
  })

  it('S14 S68 lacks the native part: doctor says so, and looks at everything else', async () => {
    const { code, out, complaint } = await said('dist/server/cli.js doctor', withoutSqlite)
    expect(out).toMatch(new RegExp(`^fault Native part: ${missing.source}`, 'm'))
    expect(out.match(/^fault/gm)).toHaveLength(1)
    expect([code, complaint]).toEqual([1, '1 of 10 checks failed.\n'])
  })
})
