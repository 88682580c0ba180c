import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from '../../support/client.ts'
import { type HouseProcess, startHouse } from '../../support/house-process.ts'

let dataDir: string
let house: HouseProcess | null = null

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ahlan-cli-'))
})
afterAll(async () => {
  await house?.close()
  await rm(dataDir, { recursive: true, force: true })
})

/** `npx ahlan …` as an administrator types it, after the build. */
async function ahlan(args: string, input = ''): Promise<{ code: number; out: string; complaint: string }> {
  const child = spawn('npx', ['ahlan', ...args.split(' ')], {
    // npm's own remarks would stand beside the command's one line.
    env: { ...process.env, DATA_DIR: dataDir, npm_config_loglevel: 'silent' },
  })
  child.stdin.end(input)
  const code = new Promise<number>((resolve) => {
    child.once('exit', (status) => resolve(status ?? -1))
  })
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { code: await code, out, complaint }
}

const sara = { email: 'a@b.example', password: 'a long password' }
const createOwner = (email: string) => ahlan(`owner create --email ${email} --name Sara`, sara.password)

describe('npx ahlan', () => {
  it('creates the owner, adds a site, finds nothing amiss and serves', async () => {
    expect(await createOwner(sara.email)).toMatchObject({
      ...{ code: 0, out: `Created the owner ${sara.email}.\n` },
    })
    const site = await ahlan('site create --name Shop --origin https://shop.example')
    expect(site).toMatchObject({ code: 0, out: expect.stringContaining('data-site=') })
    expect(await ahlan('doctor')).toMatchObject({ code: 0, out: expect.stringContaining('ok    History') })
    house = await startHouse({ command: 'npx ahlan serve', dataDir })
    const agent = await signIn(house.url, sara)
    const { json } = await agent.get('/api/v1/sites')
    expect(Object(json).items).toMatchObject([{ name: 'Shop', origins: ['https://shop.example'] }])
  }, 60_000)

  it('S4 says in one line that the running server holds the directory', async () => {
    house ??= await startHouse({ dataDir })
    const { code, out, complaint } = await createOwner('late@b.example')
    expect([code, out]).toEqual([1, ''])
    expect(complaint).toMatch(/^Another Ahlan, most likely the running server, holds .+DATA_DIR\.\n$/)
    expect(complaint).toContain(dataDir)
  }, 60_000)

  it('ends with 1 and one line for what it does not know or cannot use', async () => {
    const unknown = await ahlan('dance')
    expect(unknown).toEqual({
      code: 1,
      out: '',
      complaint: expect.stringMatching(/^There is no command.*\n$/),
    })
    const bare = await ahlan('backup')
    expect(bare).toEqual({ code: 1, out: '', complaint: 'Type it as: ahlan backup FILE\n' })
    const short = await ahlan('owner create --email b@b.example --name Sara', 'short')
    expect(short).toMatchObject({ code: 1, complaint: expect.stringMatching(/^The password must have.*\n$/) })
  }, 60_000)
})
