import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parse } from 'valibot'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { History } from '../../../server/history/history.ts'
import { openHistory } from '../../../server/history/open.ts'
import { openDatabase } from '../../../server/history/sqlite-package.ts'
import { ConversationId, makeId } from '../../../shared/ids.ts'
import { allEntries, fold, newClientId, noon, scene, taken } from '../../support/history-cast.ts'

const cleanups: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function freshDirectory(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'ahlan-faults-'))
  cleanups.push(() => rm(parent, { recursive: true }))
  return join(parent, 'data')
}

async function open(dataDir: string): Promise<History> {
  const history = await openHistory({ dataDir, clock: { now: () => noon } })
  cleanups.push(() => history.close())
  return history
}

interface Writer {
  process: ChildProcessWithoutNullStreams
  lines: string[]
  /** Resolves when a line fits, or rejects when the process ends before. */
  sees(fits: (line: string) => boolean): Promise<void>
  ended: Promise<void>
}

function startWriter(dataDir: string, shell = 'exec "$@"'): Writer {
  const script = ['--import', 'tsx', 'tests/support/history-writer.ts', dataDir]
  const child = spawn('sh', ['-c', shell, 'sh', process.execPath, ...script], { stdio: 'pipe' })
  const lines: string[] = []
  const errors: string[] = []
  child.stderr.on('data', (chunk) => errors.push(String(chunk)))
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  const ended = new Promise<void>((resolve) => reader.once('close', resolve))
  return {
    process: child,
    lines,
    ended,
    sees: (fits) =>
      new Promise((resolve, reject) => {
        reader.on('line', (line) => fits(line) && resolve())
        reader.once('close', () => reject(new Error(`the writer ended: ${errors.join('')}`)))
      }),
  }
}

/** Asserts that each acknowledged message is stored exactly once, and answers the ids stored. */
async function expectEveryAcknowledged(history: History, lines: readonly string[]): Promise<Set<string>> {
  const acknowledged = lines.filter((line) => line.startsWith('ack ')).map((line) => line.split(' '))
  const conversations = new Set(acknowledged.map(([, conversation]) => parse(ConversationId, conversation)))
  const stored: string[] = []
  for (const id of conversations) {
    const entries = await allEntries(history, id)
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1))
    stored.push(...entries.map((entry) => (entry.kind === 'message' ? String(entry.clientId) : '')))
  }
  const once = new Set(stored)
  expect(once.size).toBe(stored.length)
  expect(acknowledged.filter(([, , clientId]) => !once.has(clientId ?? ''))).toEqual([])
  return once
}

describe('the embedded store', () => {
  it('W4 kill -9 under load loses no acknowledged message and doubles none', async () => {
    const dataDir = await freshDirectory()
    for (const wanted of [300, 700]) {
      const writer = startWriter(dataDir)
      let seen = 0
      await writer.sees((line) => line.startsWith('ack ') && ++seen === wanted)
      writer.process.kill('SIGKILL')
      await writer.ended
      const history = await openHistory({ dataDir, clock: { now: () => noon } })
      await expectEveryAcknowledged(history, writer.lines)
      await history.close()
    }
  })

  it('W4 what a crash left in the journal is in the tables after the next start', async () => {
    const dataDir = await freshDirectory()
    const before = await open(dataDir)
    const { says, answers, visitorId } = scene(before)
    const clientId = newClientId()
    const { conversation } = taken(await says('Is the "blue" one\u0000 there?', noon, clientId))
    await answers(conversation.id, 'It is.')
    await before.conversations.receive(conversation.id, 'agents', { delivered: 1, seen: 1 })
    await says('Lovely')
    const other = scene(before)
    const facts = {
      segments: ['Buyers'],
      language: 'fa',
      page: null,
      device: 'phone' as const,
      proactive: true,
    }
    taken(await other.begins('Hello', facts))
    const crashed = await freshDirectory()
    await mkdir(crashed)
    for (const name of ['history.db', 'history.db-wal'])
      await copyFile(join(dataDir, name), join(crashed, name))
    const after = await open(crashed)
    expect((await after.erasures.held(other.visitorId))?.conversationFacts).toMatchObject([facts])
    const stored = await after.conversations.find(conversation.id)
    expect(stored).toEqual(await before.conversations.find(conversation.id))
    expect(stored?.unread).toBe(1)
    const entries = await after.conversations.entries(conversation.id, 0, 10)
    expect(entries).toEqual(await before.conversations.entries(conversation.id, 0, 10))
    expect(stored?.conversation).toEqual(fold(conversation, entries))
    const again = taken(
      await scene(after, conversation.siteId, visitorId).says(
        'Is the "blue" one\u0000 there?',
        noon,
        clientId,
      ),
    )
    expect(again).toMatchObject({ duplicate: true, entries: entries.slice(0, 1) })
  })

  it('S1 a full disk is unavailable, stores nothing half, and heals without a restart', async () => {
    const dataDir = await freshDirectory()
    const writer = startWriter(dataDir, 'trap "" XFSZ; ulimit -S -f 3000; exec "$@"')
    await writer.sees((line) => line === 'full')
    const refused = writer.lines.filter((line) => line.startsWith('refused'))
    expect(refused.length).toBe(16)
    expect(refused.every((line) => line.startsWith('refused unavailable'))).toBe(true)
    execFileSync('prlimit', ['--pid', String(writer.process.pid), '--fsize=unlimited'])
    writer.process.stdin.write('more\n')
    await writer.ended
    expect(writer.lines.at(-1)).toMatch(/^ack /)
    const stored = await expectEveryAcknowledged(await open(dataDir), writer.lines)
    expect(refused.filter((line) => stored.has(line.split(' ')[2] ?? ''))).toEqual([])
  })

  it('S5 its files are for its own user only', async () => {
    const dataDir = await freshDirectory()
    await scene(await open(dataDir)).says('Hello')
    const modes = await Promise.all(
      ['', 'history.db', 'history.db-wal'].map((name) => stat(join(dataDir, name))),
    )
    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o600, 0o600])
  })

  it('S6 keeps its epoch and its content over a restart', async () => {
    const dataDir = await freshDirectory()
    const before = await openHistory({ dataDir, clock: { now: () => noon } })
    const { conversation } = taken(await scene(before).says('Hello'))
    const epoch = before.epoch()
    await before.close()
    const after = await open(dataDir)
    expect(after.epoch()).toBe(epoch)
    expect((await after.conversations.find(conversation.id))?.conversation).toEqual(conversation)
  })

  it('S2 closing finishes what is under way', async () => {
    const dataDir = await freshDirectory()
    const history = await openHistory({ dataDir, clock: { now: () => noon } })
    const { says, visitorId } = scene(history)
    const sending = Array.from({ length: 50 }, () => says('Hello'))
    await history.close()
    expect((await Promise.all(sending)).every(({ ok }) => ok)).toBe(true)
    const [stored] = await (await open(dataDir)).conversations.ofVisitor(visitorId, 1)
    expect(stored?.conversation.seq).toBe(50)
  })

  it('S23 makes its checkpoints beside the commits also where there are only page views', async () => {
    const dataDir = await freshDirectory()
    const history = await open(dataDir)
    const { siteId, visitorId } = scene(history)
    const [url, visitId] = ['https://shop.example/', makeId('t', noon, new Uint8Array(10))]
    const view = { visitId, visitorId, siteId, url, title: 'Shop', referrer: '', at: noon }
    const { size } = await stat(join(dataDir, 'history.db'))
    await history.visits.record(Array.from({ length: 16_384 }, () => view))
    // What was written stands in the log until it is copied.
    await vi.waitFor(
      async () => expect((await stat(join(dataDir, 'history.db'))).size).toBeGreaterThan(size + 1_000_000),
      { timeout: 20_000 },
    )
  })

  it('S23 says why what was committed could not be put into the tables, and keeps it', async () => {
    const dataDir = await freshDirectory()
    const faults: string[] = []
    const history = await openHistory({
      ...{ dataDir, clock: { now: () => noon } },
      onUnsettled: (fault) => faults.push(String(fault)),
    })
    cleanups.push(() => history.close())
    const { says } = scene(history)
    const { conversation } = taken(await says('Hello'))
    await allEntries(history, conversation.id)
    const other = openDatabase(join(dataDir, 'history.db'))
    other.exec("CREATE TRIGGER broken BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'no room'); END")
    let stored = 1
    for (let i = 0; i < 400 && faults.length === 0; i++)
      stored += await says('a secret').then(
        () => 1,
        () => 0,
      )
    expect(stored).toBeGreaterThan(20)
    expect(faults).toEqual([expect.stringContaining('no room')])
    expect(faults.join()).not.toContain('a secret')
    other.exec('DROP TRIGGER broken')
    other.close()
    taken(await says('Still there'))
    const numbers = (await allEntries(history, conversation.id)).map(({ seq }) => seq)
    expect(numbers).toEqual(Array.from({ length: stored + 1 }, (_, i) => i + 1))
  })

  it.each([
    ['history.db', 'removed'],
    ['history.db-wal', 'removed'],
    ['history.db', 'replaced'],
  ])('S21 %s that is %s under it is noticed, and nothing more is acknowledged', async (name, fate) => {
    const dataDir = await freshDirectory()
    const lost: string[] = []
    const history = await openHistory({
      ...{ dataDir, clock: { now: () => noon } },
      onLost: ({ message }) => lost.push(message),
    })
    const { says } = scene(history)
    taken(await says('Hello'))
    await history.ping()
    const file = join(dataDir, name)
    if (fate === 'replaced') {
      await copyFile(file, `${file}.other`)
      await rename(`${file}.other`, file)
    } else await rm(file)
    for (const text of ['Is anybody there?', 'Hello?'])
      expect(await says(text)).toMatchObject({
        ok: false,
        error: { code: 'unavailable', retryAfterMs: 1_000 },
      })
    await expect(history.ping()).rejects.toThrow(file)
    expect(lost).toEqual([expect.stringContaining(`${file} was removed or replaced`)])
    await expect(history.close()).rejects.toThrow()
    // Left behind, it would be taken for the log of whatever stands there next.
    const left = await readdir(dataDir)
    expect(left).not.toContain('history.db-wal')
    if (name === 'history.db') expect(left).toContainEqual(expect.stringMatching(/^history.db-wal.\d+-\d+$/))
    const next = await open(dataDir)
    expect(await scene(next).says('Hello')).toMatchObject({ ok: true })
  })

  it('S1 a closed store is unavailable', async () => {
    const history = await openHistory({ dataDir: await freshDirectory(), clock: { now: () => noon } })
    await history.close()
    expect(await scene(history).says('Hello')).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    await expect(history.ping()).rejects.toThrow('ended')
  })
})

describe('a schema this version does not know', () => {
  async function tampered(sql: string): Promise<string> {
    const dataDir = await freshDirectory()
    await (await openHistory({ dataDir, clock: { now: () => noon } })).close()
    const database = openDatabase(join(dataDir, 'history.db'))
    database.exec(sql)
    database.close()
    return dataDir
  }

  it('S3 is refused when it is newer', async () => {
    const dataDir = await tampered("INSERT INTO migrations VALUES (99, 'later', 'x')")
    await expect(open(dataDir)).rejects.toThrow('newer version of Ahlan')
  })

  it('S3 is refused when a migration is another than the one released', async () => {
    const dataDir = await tampered("UPDATE migrations SET checksum = 'x' WHERE number = 1")
    await expect(open(dataDir)).rejects.toThrow('Migration 1 (first)')
  })
})
