import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type CrashPoint, erasureCrashPoints } from '../support/crash-points.ts'
import { type EngineName, homes } from '../support/engines.ts'
import { startPostgres } from '../support/postgres.ts'
import { useTemporary } from '../support/temporary.ts'
import { FaultTown } from './people/fault-town.ts'
import { faultless } from './people/ledger.ts'
import { until } from './people/until.ts'
import { useFaultTown } from './people/use-town.ts'
import type { VisitorTab } from './people/visitor-device.ts'

const here = useFaultTown()
const postgres = await startPostgres()
afterAll(() => postgres.stop())
const fresh = useTemporary()
const engines = homes(postgres, fresh)

/** Becomes somebody the store knows, and says so on the screen. */
async function introduced(town: FaultTown, tab: VisitorTab): Promise<string> {
  await tab.write()
  await town.settle()
  const [row] = (await town.rows()).filter(({ lastMessage }) =>
    lastMessage?.text.startsWith(`${tab.visitor}.`),
  )
  return row?.visitorId ?? expect.fail(`${tab.who} has written nothing.`)
}

const erase = (town: FaultTown, id: string) => town.client().send('DELETE', `/api/v1/visitors/${id}`)
const handOut = (town: FaultTown, id: string) => town.client().get(`/api/v1/visitors/${id}/export`)

/** No connection, and none to be had. */
const leaveTheNet = ({ net }: Pick<VisitorTab, 'net'>): void => {
  net.refuse()
  net.cut()
}

const isTold = (tab: VisitorTab): boolean => tab.store.get().refused === 'erased'

/** Nothing of them is anywhere, and nobody else has lost anything. */
async function isForgotten(town: FaultTown, id: string, tabs: readonly VisitorTab[]): Promise<void> {
  const visitors = tabs.map((tab) => `${tab.visitor}.`)
  const ofThem = (texts: string[]) => texts.filter((text) => visitors.some((name) => text.startsWith(name)))
  // The consoles hear of it on sockets of their own, so perhaps a moment later.
  await until(() => town.agents.every((tab) => ofThem(tab.texts()).length === 0), {
    within: 10_000,
    otherwise: () => 'a console still shows them',
  })
  for (const tab of tabs) {
    expect(tab.device.letters.size).toBe(0)
    expect(tab.device.memory.held).toBeNull()
    town.ledger.forget(tab.visitor)
    town.leave(tab)
  }
  expect((await handOut(town, id)).status).toBe(404)
  await town.settle()
  expect(await town.judge()).toEqual(faultless)
  expect(ofThem([...(await town.texts()), ...town.agents.flatMap((tab) => tab.texts())])).toEqual([])
}

describe('somebody is erased', () => {
  it('I9 I10 P22 while their outbox holds messages: both tabs are told and wiped, and nothing comes back', async () => {
    const { town, agent } = here
    const [first, other] = [await here.comes('mina'), await here.comes('omar')]
    const id = await introduced(town, first)
    const second = await here.tabOf(first.device)
    agent.replyTo(first)
    await other.write()
    await town.settle()
    for (const tab of [first, second]) leaveTheNet(tab)
    for (const tab of [first, second, first]) await tab.write()
    expect(first.device.letters.size).toBe(3)
    agent.replyTo(first)
    expect((await erase(town, id)).status).toBe(204)
    await town.wakeUntil(() => agent.isAtRest())
    for (const tab of [first, second]) tab.net.heal()
    await town.wakeUntil(() => isTold(first) || isTold(second))
    await isForgotten(town, id, [first, second])
    expect(other.own()).toHaveLength(1)
  })

  it('I9 P22 while messages of theirs are being committed, and replies to them', async () => {
    const { town, agent } = here
    const other = await here.comes('lena')
    for (let round = 0; round < 4; round++) {
      const tab = await here.comes(`sami ${round}`)
      const id = await introduced(town, tab)
      const written = [tab.write(), tab.write(), other.write(), tab.write()]
      agent.replyTo(tab)
      const asked = performance.now()
      const [erased] = await Promise.all([erase(town, id), ...written, tab.write()])
      expect(erased.status).toBe(204)
      await until(() => isTold(tab), { within: 5_000, otherwise: () => tab.standing() })
      expect(performance.now() - asked).toBeLessThan(5_000)
      await isForgotten(town, id, [tab])
    }
  })

  it('W40 P25 while a console is out of touch: once back, it shows nothing of them', async () => {
    const { town } = here
    const [tab, other] = [await here.comes('noor'), await here.comes('vera')]
    const id = await introduced(town, tab)
    await introduced(town, other)
    const away = await town.agentTab(await town.agent('hugo'))
    away.watchAll()
    await town.settle()
    leaveTheNet(away)
    const [conversation] = [...tab.timelines()].flatMap((one) => one.conversation ?? [])
    if (conversation) away.reply(conversation.id, tab.visitor)
    await erase(town, id)
    away.net.heal()
    await town.wakeUntil(() => away.isAtRest() && isTold(tab))
    expect([...away.state.erased]).toEqual([conversation?.id])
    expect(away.state.inbox.has(conversation?.id as never)).toBe(false)
    await isForgotten(town, id, [tab])
  })
})

describe('kill -9 in the middle of an erasure', () => {
  const cases: [EngineName, readonly CrashPoint[]][] = [
    ['SQLite', erasureCrashPoints],
    ['PostgreSQL', ['erasure:during', 'erasure:deleted']],
  ]

  it.each(cases)(
    'I9 P23 %s: at any point of it, it is whole or finished by the next process',
    async (engine, points) => {
      const { databaseUrl = '' } = await engines[engine]()
      const town = await FaultTown.open({ databaseUrl })
      try {
        const other = await town.visitorTab(town.visitor('rosa'))
        await introduced(town, other)
        for (const point of points) {
          const tab = await town.visitorTab(town.visitor(`emil ${point}`))
          const id = await introduced(town, tab)
          const before = Object(await handOut(town, id).then(({ json }) => json))
          await town.crashAt(point)
          const died = town.died()
          await erase(town, id).catch((fault: Error) => fault)
          expect(await died).toBe('SIGKILL')
          await town.start()
          const after = await handOut(town, id)
          if (point === 'erasure:before' || after.status === 200) {
            // Nothing of it had begun: all of them is there, until it is asked for again.
            expect(Object(after.json).entries).toEqual(before.entries)
            expect((await erase(town, id)).status).toBe(204)
          }
          expect((await erase(town, id)).status).toBe(204)
          await town.wakeUntil(() => isTold(tab))
          await isForgotten(town, id, [tab])
          if (engine === 'SQLite') expect(await filesWith(town.dataDir, `emil ${point}`)).toEqual([])
        }
        expect(other.own()).toHaveLength(1)
        expect(town.kills).toBe(points.length)
      } finally {
        await town.close()
      }
      expect(town.complaints).toEqual([])
    },
  )
})

async function filesWith(directory: string, words: string): Promise<string[]> {
  const found: string[] = []
  for (const name of await readdir(directory, { recursive: true })) {
    const path = join(directory, name)
    if ((await stat(path)).isFile() && (await readFile(path)).includes(words)) found.push(name)
  }
  return found
}
