import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { protocolVersion, type VisitorAnnouncements, type VisitorAnswers } from '../../shared/protocol.ts'
import { type HouseProcess, startHouse } from '../support/house-process.ts'
import { aClientId, aPage, aToken } from '../support/random.ts'
import { startStopwatch } from '../support/stopwatch.ts'
import { Wire } from '../support/wire.ts'

let dataDir: string
const houses: HouseProcess[] = []
const start = async (command: 'built' | 'npm start' = 'built', env = {}): Promise<HouseProcess> => {
  const house = await startHouse({ command, dataDir, env: { LOG_LEVEL: 'info', ...env } })
  houses.push(house)
  return house
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'ahlan-process-'))
})
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close()
  await rm(dataDir, { recursive: true, force: true })
})

const token = aToken()
const come = async ({ url }: HouseProcess) => {
  const wire = await Wire.open<VisitorAnswers, VisitorAnnouncements>(`${url}/visitor`, {
    auth: { site: 'demo', page: aPage(), token, consent: 'essential', locale: 'en', device: 'desktop' },
    extraHeaders: { origin: url },
  })
  return { wire, snapshot: await wire.get('hello', { protocolVersion, resume: null }) }
}

/** Writes, many at once, until the connection goes; answers what was acknowledged by then. */
async function writeUntilCut(house: HouseProcess, enough: number, then: () => void): Promise<string[]> {
  const { wire } = await come(house)
  const acknowledged: string[] = []
  const writer = async (name: number): Promise<void> => {
    for (let count = 0; wire.socket.connected; count++) {
      const text = `${name}-${count}`
      const sent = { clientId: aClientId(), conversationId: null, text }
      const answer = await wire.ask('message:send', sent).catch(() => null)
      if (!answer?.ok) return
      acknowledged.push(text)
      if (acknowledged.length === enough) then()
    }
  }
  await Promise.all([1, 2, 3, 4].map(writer))
  return acknowledged
}

async function stored(house: HouseProcess): Promise<unknown[]> {
  const { wire, snapshot } = await come(house)
  const conversationId = snapshot.conversations[0]?.conversation.id
  const { entries } = await wire.get('entries:since', { conversationId, after: 0 })
  wire.close()
  return entries.map((entry) => 'text' in entry && entry.text)
}

describe('the server as a process', () => {
  it('W4 W6 has every acknowledged message exactly once after it was killed', async () => {
    const first = await start()
    const acknowledged = await writeUntilCut(first, 30, () => first.kill('SIGKILL'))
    const kept = await stored(await start())
    expect(acknowledged.length).toBeGreaterThanOrEqual(30)
    expect(acknowledged.filter((text) => !kept.includes(text))).toEqual([])
    expect(new Set(kept).size).toBe(kept.length)
  })

  it('W15 ends by itself when the `npm start` that began it is told to', async () => {
    const house = await start('npm start')
    const watch = startStopwatch()
    house.tell('SIGTERM')
    expect(await house.ended).toBe(0)
    watch.stop()
    expect(watch.read()).toBeLessThan(10_000)
    await expect(fetch(`${house.url}/healthz`)).rejects.toThrow()
  })

  it('S1 W15 stops with 1, to be started again, when the threads of its store die', async () => {
    const house = await start('built', { NODE_OPTIONS: '--import=./tests/support/mortal-threads.mjs' })
    await writeFile(join(dataDir, 'die'), '')
    expect(await house.ended).toBe(1)
    expect(house.log()).toContain('stop:failed')
  })

  it('S21 stops with 1, to be started again, when its history is removed, and acknowledges nothing more', async () => {
    const house = await start()
    const { wire } = await come(house)
    const says = () =>
      wire.ask('message:send', { clientId: aClientId(), conversationId: null, text: 'Hello' })
    expect(await says()).toMatchObject({ ok: true })
    await rm(join(dataDir, 'history.db'))
    expect(await says()).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    expect(await house.ended).toBe(1)
    expect(house.log().match(/"server:surprised".*history\.db was removed or replaced/g)).toHaveLength(1)
    expect((await come(await start())).snapshot.conversations).toEqual([])
  })

  it('W15 outlives whoever collected its log, and still stops cleanly', async () => {
    const house = await start()
    house.deafen()
    house.tell('SIGTERM')
    expect(await house.ended).toBe(0)
  })
})
