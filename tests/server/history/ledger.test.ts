import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ledgerRecords, packNext } from '../../../server/history/ledger/keep.ts'
import { blockSize, type Facts } from '../../../server/history/ledger/part.ts'
import { eachFact, type Ledger as Kept } from '../../../server/history/ledger/read.ts'
import { episodeShape, turnShape } from '../../../server/history/ledger/shapes.ts'
import { plain } from '../../../server/history/ledger/sheet-reader.ts'
import { Shelf } from '../../../server/history/ledger/shelf.ts'
import { openHistory } from '../../../server/history/open.ts'
import { openSqlite } from '../../../server/history/sqlite-engine.ts'
import type { ConversationFacts } from '../../../shared/conversation/facts.ts'
import type { ConversationId, SiteId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { foldLedger } from '../../../shared/metrics/fold.ts'
import type { Ledger } from '../../../shared/metrics/ledger.ts'
import { hour, minute, newSiteId, noon, type Scene, scene, taken } from '../../support/history-cast.ts'
import { packAll, packLedger } from '../../support/packing.ts'
import { useTemporary } from '../../support/temporary.ts'

const directory = useTemporary()
const always = { from: noon - day, to: noon + 60 * day }

async function readFacts(queries: Kept['queries'], span: typeof always): Promise<Facts> {
  const facts: Facts = { turns: [], episodes: [] }
  await eachFact(
    { queries, shelf: new Shelf(queries) },
    { ...span, of: {} },
    {
      turn: (turn) => facts.turns.push(plain(turn, turnShape)),
      episode: (episode) => facts.episodes.push(plain(episode, episodeShape)),
    },
  )
  return facts
}

type Act = (scene: Scene, id: ConversationId, at: number) => Promise<unknown>

const acts: Act[] = [
  ({ says }, _, at) => says('Hello', at),
  ({ answers }, id, at) => answers(id, 'Hi', at),
  ({ closes }, id, at) => closes(id, at),
  ({ does, sara }, id, at) => does(id, { type: 'reopen', by: sara }, at),
  ({ does, sara }, id, at) => does(id, { type: 'assign', agent: null, by: sara }, at),
  ({ does, sara }, id, at) => does(id, { type: 'assign', agent: sara, by: sara }, at),
  ({ does }, id, at) => does(id, { type: 'rate', rating: 3, comment: 'warm\u0000' }, at),
  ({ history }) => history.conversations.count(),
  ({ history }) => history.reports.pack(0),
]

const play = fc.array(
  fc.record({
    pause: fc.integer({ min: 0, max: 30 * hour }),
    who: fc.integer({ min: 0, max: 2 }),
    act: fc.integer({ min: 0, max: acts.length - 1 }),
  }),
  { maxLength: 30 },
)

const withEngine = async <T>(
  dataDir: string,
  work: (engine: ReturnType<typeof openSqlite>) => Promise<T>,
) => {
  const engine = openSqlite(`${dataDir}/history.db`, 'writer')
  return work(engine).finally(() => engine.close())
}

/** In one order, as plain values. */
async function kept(dataDir: string, span = always): Promise<unknown> {
  return withEngine(dataDir, async (engine) => {
    const { turns, episodes } = await readFacts(engine, span)
    return inOrder({
      turns,
      episodes,
    })
  })
}

const inOrder = ({ turns, episodes }: { turns: object[]; episodes: object[] }) => {
  const sorted = (rows: object[]) =>
    rows.map((row) => JSON.stringify(row, Object.keys(row).sort().concat(inner))).sort()
  return { turns: sorted(turns), episodes: sorted(episodes) }
}
const inner = ['by', 'at', 'seq', 'agentId', 'kind', 'owner', 'from', 'to', 'how', 'answered'].concat([
  'csat',
  'state',
  'rating',
  'comment',
])

it('M50 whatever happens, and whenever it is packed, the ledger is what the entries fold to', async () => {
  await fc.assert(
    fc.asyncProperty(play, async (steps) => {
      const dataDir = directory()
      const history = await openHistory({ dataDir, clock: { now: () => noon } })
      const scenes = [0, 1, 2].map(() => scene(history))
      const told: { id: ConversationId; siteId: SiteId; scene: Scene }[] = []
      let now = noon
      for (const one of scenes) {
        const { conversation } = taken(await one.says('First', now))
        told.push({ id: conversation.id, siteId: one.siteId, scene: one })
      }
      for (const { pause, who, act } of steps) {
        now += pause
        const one = told[who]
        if (one) await acts[act]?.(one.scene, one.id, now)
      }
      const expected: { turns: object[]; episodes: object[] } = { turns: [], episodes: [] }
      for (const { visitorId, entries } of scenes)
        for (const { conversation } of await history.conversations.ofVisitor(visitorId, 50)) {
          const ledger: Ledger = foldLedger(conversation, await entries(conversation.id))
          expected.turns.push(...ledger.turns)
          expected.episodes.push(...ledger.episodes)
        }
      await history.close()
      const plainly = await kept(dataDir)
      expect(withoutNumbers(plainly)).toEqual(inOrder(expected))
      await withEngine(dataDir, async (engine) => {
        const ledger = ledgerRecords(engine)
        await ledger.clear()
        await packLedger(ledger)
      })
      expect(await kept(dataDir)).toEqual(plainly)
    }),
    { numRuns: 10 },
  )
}, 120_000)

/** The store's own number and what was noted beside are not in the entries. */
const withoutNumbers = (all: unknown): unknown =>
  JSON.parse(JSON.stringify(all).replaceAll(/\\"(number|facts|proactive)\\":(\d+|null|true|false),/g, ''))

it('M51 packing that is broken off is done again, whole', async () => {
  const dataDir = directory()
  const history = await openHistory({ dataDir, clock: { now: () => noon } })
  const one = scene(history)
  const { conversation } = taken(await one.says('Hello', noon))
  await one.answers(conversation.id, 'Hi', noon + minute)
  await history.close()
  const before = await kept(dataDir)
  await withEngine(dataDir, async (engine) => {
    const broken = {
      ...engine,
      transaction: (work: Parameters<typeof engine.transaction>[0]) =>
        engine.transaction(async (queries) => {
          await work(queries)
          throw new Error('killed')
        }),
    }
    await expect(packNext(ledgerRecords(broken), 0)).rejects.toThrow('killed')
    expect(await engine.all('SELECT * FROM ledger_parts')).toEqual([])
    expect(await packNext(ledgerRecords(engine), 0)).toBe(blockSize)
    expect(await packNext(ledgerRecords(engine), 0)).toBe(null)
  })
  expect(await kept(dataDir)).toEqual(before)
})

it('M52 who is erased is in no part of the ledger, and the others in it stay', async () => {
  const dataDir = directory()
  const history = await openHistory({ dataDir, clock: { now: () => noon } })
  const siteId = newSiteId()
  const [gone, stays] = [scene(history, siteId), scene(history, siteId)]
  for (const one of [gone, stays]) {
    const { conversation } = taken(await one.says('Hello', noon))
    await one.answers(conversation.id, 'Hi', noon + minute)
  }
  // Whoever asks for a list has everything put into the tables, from which it is packed.
  await history.conversations.count()
  await packAll(history.reports)
  await gone.says('Once more', noon + hour)
  await history.erasures.erase(gone.visitorId, noon + 2 * hour)
  const [own] = await history.conversations.ofVisitor(stays.visitorId, 1)
  await history.close()
  await withEngine(dataDir, async (engine) => {
    const { turns, episodes } = await readFacts(engine, always)
    const ids = [...turns, ...episodes].map(({ conversationId }) => conversationId)
    expect(ids).toEqual([own?.conversation.id, own?.conversation.id])
    expect(await engine.all('SELECT * FROM ledger_changes')).toEqual([])
  })
})

describe('M136 what changes while a packing is folded', () => {
  const sql = { changes: 'SELECT conversation FROM ledger_changes', parts: 'SELECT * FROM ledger_parts' }

  const facts: ConversationFacts = {
    ...{ language: 'en', page: 'https://shop.example/prices', device: 'phone' },
    ...{ proactive: false, segments: [] },
  }

  async function betweenFoldAndStore(act: (one: Scene, id: ConversationId) => Promise<unknown>) {
    const dataDir = directory()
    const open = () => openHistory({ dataDir, clock: { now: () => noon } })
    const first = await open()
    const [one, other] = [scene(first), scene(first)]
    const { conversation } = taken(await one.begins('Hello', facts, noon))
    await other.says('Good day', noon)
    await first.close()
    const packing = await withEngine(dataDir, (engine) => ledgerRecords(engine).prepare(0))
    if (!packing) throw new Error('nothing to pack')
    const second = await open()
    await act(scene(second, one.siteId, one.visitorId), conversation.id)
    await second.close()
    return { dataDir, packing }
  }

  it('is packed the next time: who says more stays on the list, the others are off it', async () => {
    const { dataDir, packing } = await betweenFoldAndStore((one, id) => one.answers(id, 'Hi', noon + minute))
    await withEngine(dataDir, async (engine) => {
      const plainly = await readFacts(engine, always)
      expect(await ledgerRecords(engine).store(packing)).toBe(true)
      expect(await engine.all(sql.changes)).toHaveLength(1)
      expect(inOrder(await readFacts(engine, always))).toEqual(inOrder(plainly))
      expect(await packNext(ledgerRecords(engine), 0)).toBe(blockSize)
      expect(await engine.all(sql.changes)).toEqual([])
      expect(inOrder(await readFacts(engine, always))).toEqual(inOrder(plainly))
    })
  })

  it('is packed the next time where consent was withdrawn', async () => {
    const { dataDir, packing } = await betweenFoldAndStore((one) =>
      one.history.visits.withdraw(one.visitorId),
    )
    await withEngine(dataDir, async (engine) => {
      expect(JSON.stringify(await readFacts(engine, always))).not.toContain('/prices')
      expect(await ledgerRecords(engine).store(packing)).toBe(true)
      expect(JSON.stringify(await readFacts(engine, always))).not.toContain('/prices')
      expect(await packNext(ledgerRecords(engine), 0)).toBe(blockSize)
      expect(JSON.stringify(await readFacts(engine, always))).not.toContain('/prices')
    })
  })

  it('is refused whole where somebody was erased', async () => {
    const { dataDir, packing } = await betweenFoldAndStore((one) =>
      one.history.erasures.erase(one.visitorId, noon + hour),
    )
    await withEngine(dataDir, async (engine) => {
      expect(await ledgerRecords(engine).store(packing)).toBe(false)
      expect(await engine.all(sql.parts)).toEqual([])
      expect(await engine.all(sql.changes)).toHaveLength(1)
    })
  })

  it('is refused whole where a part was packed by somebody else', async () => {
    const { dataDir, packing } = await betweenFoldAndStore((one, id) => one.answers(id, 'Hi', noon + minute))
    await withEngine(dataDir, async (engine) => {
      await packNext(ledgerRecords(engine), 0)
      const parts = await engine.all(sql.parts)
      expect(await ledgerRecords(engine).store(packing)).toBe(false)
      expect(await engine.all(sql.parts)).toEqual(parts)
    })
  })
})
