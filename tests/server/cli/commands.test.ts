import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Command, Desk } from '../../../server/cli/command.ts'
import { readOptions } from '../../../server/cli/options.ts'
import { ownerCreate } from '../../../server/cli/owner-create.ts'
import { siteCreate } from '../../../server/cli/site-create.ts'
import { lockDirectory } from '../../../server/history/directory-lock.ts'

let dataDir: string
let said: string[]

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ahlan-'))
  said = []
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const desk = (input = ''): Desk => ({
  env: { DATA_DIR: dataDir },
  publicDir: dataDir,
  say: (line) => said.push(line),
  writeLog: (line) => said.push(line),
  readInput: async () => input,
})
const run = (command: Command, options: Record<string, string> = {}, input = '') =>
  command.run(options, desk(input), [])

const sara = { email: 'sara@example.com', name: 'Sara' }

describe('owner create', () => {
  it('makes an owner with the password from standard input', async () => {
    await run(ownerCreate, sara, 'long enough for it\n')
    expect(said).toEqual(['Created the owner sara@example.com.'])
    await expect(run(ownerCreate, sara, 'long enough for it')).rejects.toThrow('already')
  })

  it.each([
    [{ name: 'Sara' }, 'long enough for it', '--email is missing.'],
    [{ ...sara, email: 'sara' }, 'long enough for it', '--email must be an e-mail address.'],
    [sara, 'short', 'The password must have at least'],
  ])('says what is wrong with %j', async (options, input, line) => {
    await expect(run(ownerCreate, options, input)).rejects.toThrow(line)
  })

  it('waits outside while the server has the directory', async () => {
    const lock = lockDirectory(dataDir)
    await expect(run(ownerCreate, sara, 'long enough for it')).rejects.toThrow('the running server')
    lock.release()
  })
})

describe('site create', () => {
  it('prints the tag to paste', async () => {
    await run(siteCreate, { name: 'Shop', origin: 'https://shop.example' })
    expect(said[0]).toMatch(
      /^<script async src="http:\/\/localhost:3000\/widget\.js" data-site="[a-z0-9]{12}"><\/script>$/,
    )
  })

  it('wants an origin, not an address', async () => {
    const options = { name: 'Shop', origin: 'https://shop.example/cart' }
    await expect(run(siteCreate, options)).rejects.toThrow('--origin must be an origin')
  })
})

it('options are read in both ways of writing, and a missing value is told', () => {
  expect(readOptions(['site', 'create', '--name', 'A B', '--origin=https://a.example?x=1'])).toEqual({
    words: ['site', 'create'],
    options: { name: 'A B', origin: 'https://a.example?x=1' },
  })
  expect(() => readOptions(['--name'])).toThrow('--name needs a value.')
})
