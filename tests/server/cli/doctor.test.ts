import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { doctor } from '../../../server/cli/doctor.ts'
import { lockDirectory } from '../../../server/history/directory-lock.ts'
import { openDatabase } from '../../../server/history/sqlite-package.ts'
import { runCommand } from '../../support/desk.ts'
import { furnish } from '../../support/furnished.ts'

let home = ''
let dataDir = ''
let said: string[] = []
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ahlan-doctor-'))
  dataDir = join(home, 'data')
  said = []
  await writeFile(join(home, 'widget.js'), '')
})
afterEach(() => rm(home, { recursive: true }))

/** The lines about one thing; resolves whether or not something is amiss. */
async function told(about: string, env: Record<string, string> = {}): Promise<string> {
  const desk = { env: { DATA_DIR: dataDir, PORT: '0', ...env }, publicDir: home, said }
  await runCommand(doctor, desk).catch((fault: Error) => said.push(fault.message))
  return said.filter((line) => line.includes(about)).join('\n')
}

describe('doctor', () => {
  it('S14 finds nothing amiss before the first start, and makes nothing', async () => {
    expect(await told('failed')).toBe('')
    expect(said.filter((line) => line.startsWith('fault'))).toEqual([])
    expect(await readdir(home)).toEqual(['widget.js'])
  })

  it('S14 finds nothing amiss in a furnished house while its server runs', async () => {
    await furnish({ dataDir })
    const lock = lockDirectory(dataDir)
    expect(await told('Data directory')).toContain('held by the running server')
    expect(said).toContain('ok    Workspace: 1 sites, 1 agents')
    expect(said).toContain('ok    History')
    lock.release()
  })

  it('S14 leaves a history that was just restored as it is', async () => {
    await furnish({ dataDir })
    const file = join(dataDir, 'history.db')
    const database = openDatabase(file)
    database.pragma('journal_mode = DELETE')
    database.close()
    const restored = await readFile(file)
    expect(await told('History')).toBe('ok    History')
    expect(await readFile(file)).toEqual(restored)
  })

  it.each([
    ['Settings', { PORT: 'x' }, 'fault Settings: PORT'],
    ['Public address', {}, 'hint  Public address: PUBLIC_URL is not set'],
    ['Public address', { PUBLIC_URL: 'http://chat.example.com' }, 'not https'],
    ['Public address', { PUBLIC_URL: 'https://chat.example.com' }, 'TRUST_PROXY_HOPS is 0'],
    ['Workspace', {}, 'hint  Workspace: no owner yet'],
    ['History', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }, 'fault History: '],
  ])('S14 says of %s with %j what is to be done', async (about, env, line) => {
    expect(await told(about, env)).toContain(line)
  })

  it('S14 says who else has the port', async () => {
    const other = await listening()
    const address = other.address()
    const taken = String(typeof address === 'object' && address ? address.port : 0)
    expect(await told('Port', { PORT: taken })).toContain(
      `fault Port: something else listens on 127.0.0.1:${taken}`,
    )
    expect(said.at(-1)).toBe('1 of 10 checks failed.')
    other.close()
  })

  it('S14 names the files that cannot be used, and leaves them as they are', async () => {
    await furnish({ dataDir })
    await writeFile(join(dataDir, 'workspace.json'), '{"version":1,"sites":[{}]}')
    await truncate(join(dataDir, 'history.db'), 5_000)
    expect(await told('fault Workspace')).toContain(
      `${join(dataDir, 'workspace.json')} cannot be used: at sites.0`,
    )
    expect(await told('fault History')).toContain(join(dataDir, 'history.db'))
  })

  it('S3 S14 says that the history is of a newer version', async () => {
    await furnish({ dataDir })
    const database = openDatabase(join(dataDir, 'history.db'))
    database.exec("INSERT INTO migrations VALUES (99, 'later', 'x')")
    database.close()
    expect(await told('fault History')).toContain('newer version of Ahlan')
  })

  it('S5 S14 says when others may look into the directory', async () => {
    await mkdir(dataDir)
    await chmod(dataDir, 0o755)
    expect(await told('Data directory')).toContain('chmod 700')
  })
})

const listening = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
