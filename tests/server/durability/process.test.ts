import { type ChildProcess, execFile, execFileSync } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../../server/history/sqlite-package.ts'
import type { VisitorToken } from '../../../shared/ids.ts'
import { applyTimeline, emptyTimeline } from '../../../shared/timeline.ts'
import { type EngineName, envOf, homes } from '../../support/engines.ts'
import type { Home } from '../../support/furnished.ts'
import { type HouseOptions, type HouseProcess, startHouse } from '../../support/house-process.ts'
import { type Chatter, chatter, comeTo, storedTexts } from '../../support/house-visitor.ts'
import { startPostgres } from '../../support/postgres.ts'
import { aClientId, aToken } from '../../support/random.ts'
import { useTemporary } from '../../support/temporary.ts'

const postgres = await startPostgres()
afterAll(() => postgres.stop())
const fresh = useTemporary()
const engines = homes(postgres, fresh)
const houses: HouseProcess[] = []
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close()
})

async function start(options: HouseOptions): Promise<HouseProcess> {
  const house = await startHouse(options)
  houses.push(house)
  return house
}

const startOn = ({ dataDir, databaseUrl = '' }: Home): Promise<HouseProcess> =>
  start({ dataDir, env: { DATABASE_URL: databaseUrl } })

/** The command as built, in a process of its own; answers its exit code and what it complained of. */
const ahlan = (home: Home, ...args: string[]): Promise<{ code: number; complaint: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, ...envOf(home) }
    const child: ChildProcess = execFile(
      process.execPath,
      ['dist/server/cli.js', ...args],
      { env },
      (_, __, complaint) => resolve({ code: child.exitCode ?? -1, complaint }),
    )
  })

describe('after a restore', { timeout: 120_000 }, () => {
  it('S13 W3 who comes with the old epoch gets everything whole, and sends what it still had', async () => {
    const [dataDir, file, other] = [fresh(), fresh(), fresh()]
    const house = await start({ dataDir })
    const token = aToken()
    const mina = await comeTo(house, token)
    const say = (wire: typeof mina.wire, text: string, clientId = aClientId()) =>
      wire.get('message:send', { clientId, conversationId: null, text })
    const first = await say(mina.wire, 'Before')
    expect((await ahlan({ dataDir }, 'backup', file)).code).toBe(0)
    const lost = await say(mina.wire, 'After the backup')
    house.kill('SIGKILL')
    await ahlan({ dataDir: other }, 'restore', file)

    const restored = await start({ dataDir: other })
    const { id } = first.conversation
    const resume = { epoch: mina.snapshot.epoch, conversations: [{ id, seq: lost.conversation.seq }] }
    const back = await comeTo(restored, token, resume)
    const [whole] = back.snapshot.conversations
    if (whole?.mode !== 'whole') throw new Error('Only what was missing came.')
    const { conversation, entries, receipts } = whole
    const timeline = applyTimeline(emptyTimeline, { type: 'snapshot', conversation, entries, receipts })
    expect(timeline.entries.map((entry) => entry.kind === 'message' && entry.text)).toEqual(['Before'])
    // Its number was given before, to what is gone.
    const sent = await say(back.wire, 'Still in the outbox')
    expect([sent.duplicate, sent.conversation.seq]).toEqual([false, lost.conversation.seq])
  })
})

describe.each<EngineName>(['SQLite', 'PostgreSQL'])('under load, on %s', { timeout: 120_000 }, (engine) => {
  /** Each acknowledged message is there exactly once; of those refused, none. */
  async function expectKept(house: HouseProcess, { acknowledged, refused }: Chatter): Promise<void> {
    for (const [token, texts] of acknowledged) {
      const kept = await storedTexts(house, token)
      expect(texts.filter((text) => !kept.includes(text))).toEqual([])
      expect(new Set(kept).size).toBe(kept.length)
      expect(kept.filter((text) => refused.some((one) => one.text === text))).toEqual([])
    }
  }

  it('S11 S13 a backup holds what was acknowledged before it began, and comes back after a kill', async () => {
    const [home, other, file] = [await engines[engine](), await engines[engine](), fresh()]
    const house = await startOn(home)
    const amir = aToken()
    const before = (await comeTo(house, amir)).snapshot.epoch
    const talk = await chatter(house, 8)
    await talk.reaches(60)
    const known = [...talk.acknowledged].map(([token, texts]) => ({ token, texts: [...texts] }))
    expect(await ahlan(home, 'backup', file)).toEqual({ code: 0, complaint: '' })
    house.kill('SIGKILL')
    await talk.ended

    expect(await ahlan(other, 'restore', file)).toEqual({ code: 0, complaint: '' })
    const restored = await startOn(other)
    for (const { token, texts } of known)
      expect((await storedTexts(restored, token)).slice(0, texts.length)).toEqual(texts)
    expect((await comeTo(restored, amir)).snapshot.epoch).not.toBe(before)
  })

  it('W15 S2 a stop loses nothing that was acknowledged, and ends by itself in time', async () => {
    const home = await engines[engine]()
    const house = await startOn(home)
    const talk = await chatter(house, 12)
    await talk.reaches(100)
    house.tell('SIGTERM')
    // Past its own limit it would end with 1.
    expect(await house.ended).toBe(0)
    await talk.ended
    expect(talk.refused.every(({ code }) => code === 'unavailable')).toBe(true)
    await expectKept(await startOn(home), talk)
  })

  it('W4 W6 kill -9 loses nothing that was acknowledged, again and again', async () => {
    const home = await engines[engine]()
    for (const enough of [40, 75, 110]) {
      const house = await startOn(home)
      const talk = await chatter(house, 8)
      await talk.reaches(enough)
      house.kill('SIGKILL')
      await talk.ended
      const again = await startOn(home)
      await expectKept(again, talk)
      await again.close()
    }
  })
})

describe('a full disk', { timeout: 120_000 }, () => {
  /** Fills it up; what it answers makes room again. */
  const fillUp: Record<EngineName, (house: HouseProcess, home: Home) => Promise<() => Promise<void>>> = {
    SQLite: async (house) => {
      limitFiles(house, 1)
      return async () => limitFiles(house, 'unlimited')
    },
    PostgreSQL: async (_, { databaseUrl = '' }) => {
      await run(databaseUrl, refuseEntries)
      return () => run(databaseUrl, 'DROP TRIGGER full_disk ON entries')
    },
  }

  it.each<EngineName>(['SQLite', 'PostgreSQL'])(
    'S1 W4 on %s is answered as something to try again, told to nobody, and over without a restart',
    async (engine) => {
      const home = await engines[engine]()
      const house = await startOn(home)
      const talk = await chatter(house, 4)
      await talk.reaches(20)
      const tabs = await Promise.all([...talk.acknowledged.keys()].map((token) => comeTo(house, token)))
      const makeRoom = await fillUp[engine](house, home)
      await talk.ended
      expect(talk.refused).toHaveLength(4)
      for (const { code, retryAfterMs } of talk.refused)
        expect([code, retryAfterMs]).toEqual(['unavailable', expect.any(Number)])
      await makeRoom()
      for (const [token, texts] of talk.acknowledged) texts.push(await saysOnce(house, token))
      const told = JSON.stringify(tabs.map(({ wire }) => wire.untaken('entries:added')))
      expect(told).toContain('There is room again')
      for (const { text } of talk.refused) expect(told).not.toContain(`"${text}"`)

      for (const [token, texts] of talk.acknowledged) expect(await storedTexts(house, token)).toEqual(texts)
      house.kill('SIGKILL')
      await house.ended
      const again = await startOn(home)
      for (const [token, texts] of talk.acknowledged) expect(await storedTexts(again, token)).toEqual(texts)
    },
  )
})

/** Heard in another tab too, so that everything announced before is there when it resolves. */
async function saysOnce(house: HouseProcess, token: VisitorToken): Promise<string> {
  const text = 'There is room again'
  const [{ wire }, other] = [await comeTo(house, token), await comeTo(house, token)]
  const answer = await wire.ask('message:send', { clientId: aClientId(), conversationId: null, text })
  expect(answer).toMatchObject({ ok: true, duplicate: false })
  await other.wire.heard('entries:added')
  wire.close()
  other.wire.close()
  return text
}

/** The largest size a file may grow to, of the running process. */
function limitFiles({ pid }: HouseProcess, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
}

/** Answers every entry as PostgreSQL does when its disk is full. */
const refuseEntries = `
  CREATE OR REPLACE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
  CREATE TRIGGER full_disk BEFORE INSERT ON entries EXECUTE FUNCTION full_disk()`

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

describe('a start that cannot be', { timeout: 60_000 }, () => {
  it('S4 a second process is turned away, and the first goes on', async () => {
    const dataDir = fresh()
    const house = await start({ dataDir })
    const { wire } = await comeTo(house, aToken())
    await expect(startHouse({ dataDir })).rejects.toThrow(/Ahlan cannot start\. Another Ahlan.*DATA_DIR\.\n$/)
    const said = { clientId: aClientId(), conversationId: null, text: 'Still here?' }
    expect(await wire.ask('message:send', said)).toMatchObject({ ok: true })
  })

  it.each([
    ['truncated', '{"version": 1, "sites": ['],
    ['empty', ''],
    ['null', 'null'],
    ['of another shape', '{"posts": []}'],
    [
      'in another encoding',
      Buffer.from('{"version":1,"sites":[],"agents":[],"rules":[],"x":"\xe9"}', 'latin1'),
    ],
  ])('S8 settings that are %s are named and left as they are', async (_, content) => {
    const dataDir = fresh()
    await mkdir(dataDir)
    const file = join(dataDir, 'workspace.json')
    await writeFile(file, content)
    await expect(startHouse({ dataDir })).rejects.toThrow(`Ahlan cannot start. ${file} `)
    expect(await readFile(file)).toEqual(Buffer.from(content))
  })

  it('S8 settings that cannot be opened at all are named', async () => {
    const dataDir = fresh()
    const file = join(dataDir, 'workspace.json')
    await mkdir(file, { recursive: true })
    await expect(startHouse({ dataDir })).rejects.toThrow(`Ahlan cannot start. ${file} cannot be read`)
  })

  it('S3 a history of a newer version is refused and left as it is', async () => {
    const dataDir = fresh()
    await (await start({ dataDir })).close()
    const file = join(dataDir, 'history.db')
    const database = openDatabase(file)
    database.exec("INSERT INTO migrations VALUES (99, 'later', 'x')")
    database.close()
    const copy = fresh()
    await cp(file, copy)
    await expect(startHouse({ dataDir })).rejects.toThrow('newer version of Ahlan')
    expect((await readFile(file)).equals(await readFile(copy))).toBe(true)
  })
})
