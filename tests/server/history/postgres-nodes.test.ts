import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type History, HistoryUnavailable } from '../../../server/history/history.ts'
import { openHistory } from '../../../server/history/open.ts'
import { openPostgres } from '../../../server/history/postgres.ts'
import type { Entry } from '../../../shared/conversation/entry.ts'
import { day } from '../../../shared/limits.ts'
import {
  fold,
  newClientId,
  newTokenHash,
  newVisitorId,
  noon,
  scene,
  taken,
} from '../../support/history-cast.ts'
import { foldedAnew, packedBefore } from '../../support/packed-before.ts'
import { startPostgres } from '../../support/postgres.ts'
import { question } from '../../support/question.ts'
import { fillBefore, openBefore, startsOf, startsThere } from '../../support/reopened-before.ts'
import { useTemporary } from '../../support/temporary.ts'

const postgres = await startPostgres()
const fresh = useTemporary()
const opened: History[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((node) => node.close()))
})
afterAll(() => postgres.stop())

async function nodes(count: number): Promise<[History, ...History[]]> {
  const databaseUrl = await postgres.freshUrl()
  const open = () => openHistory({ dataDir: fresh(), databaseUrl, clock: { now: () => noon } })
  const [first, ...others] = await Promise.all(Array.from({ length: count }, open))
  if (!first) throw new Error('no node was asked for')
  opened.push(first, ...others)
  return [first, ...others]
}

/** The same visitor and site, seen from another node. */
const at = (node: History, { siteId, visitorId }: ReturnType<typeof scene>) => scene(node, siteId, visitorId)

describe('several nodes on one PostgreSQL', () => {
  it('M50 what an earlier version packed is folded anew', async () => {
    const engine = openPostgres(await postgres.freshUrl(), { onBroken: () => undefined })
    expect(await packedBefore(engine)).toEqual(foldedAnew)
    await engine.close()
  })

  it('S64 conversations that were reopened before have what is due in them; that version is then refused', async () => {
    const databaseUrl = await postgres.freshUrl()
    const engine = openPostgres(databaseUrl, { onBroken: () => undefined })
    await fillBefore(engine)
    const node = await openHistory({ dataDir: fresh(), databaseUrl, clock: { now: () => noon } })
    opened.push(node)
    expect(await startsOf(node)).toEqual(startsThere)
    await expect(openBefore(engine)).rejects.toThrow('newer version of Ahlan')
    await engine.close()
  })

  it('M109 makes reports over connections of their own, in a thread of their own', async () => {
    const databaseUrl = await postgres.freshUrl()
    const node = await openHistory({ dataDir: fresh(), databaseUrl, clock: { now: () => noon } })
    opened.push(node)
    const engine = openPostgres(databaseUrl, { onBroken: () => undefined, connections: 1 })
    const connections = async (): Promise<number> => {
      const own = "application_name = current_setting('application_name')"
      const rows = await engine.all(`SELECT pid FROM pg_stat_activity WHERE ${own}`)
      return rows.length
    }
    const before = await connections()
    await node.reports.volume(question(noon, noon + day, {}))
    expect(await connections()).toBe(before + 1)
    // What the server itself asks for goes on over those it had.
    await node.conversations.count()
    expect(await connections()).toBe(before + 1)
    await engine.close()
  })

  it('W6 writing to one conversation at once they number it without gaps', async () => {
    const [one, two, three] = await nodes(3)
    const first = scene(one)
    const { conversation } = taken(await first.says('Hello'))
    const writers = [one, two, three].flatMap((node) => (node ? [at(node, first)] : []))
    for (let round = 0; round < 5; round++)
      await Promise.all(writers.flatMap((who) => Array.from({ length: 8 }, () => who.says(`round ${round}`))))
    const numbers = (await first.entries(conversation.id)).map(({ seq }) => seq)
    expect(numbers).toEqual(Array.from({ length: 121 }, (_, i) => i + 1))
  })

  it('W5 a message that reaches all of them at once is stored once', async () => {
    const all = await nodes(3)
    const first = scene(all[0])
    for (let round = 0; round < 10; round++) {
      const clientId = newClientId()
      const answers = await Promise.all(all.map((node) => at(node, first).says('Hello', noon, clientId)))
      expect(answers.filter((answer) => !taken(answer).duplicate)).toHaveLength(1)
    }
    const [stored] = await all[0].conversations.ofVisitor(first.visitorId, 5)
    expect(stored?.conversation.seq).toBe(10)
  })

  it('C2 a visitor’s first messages on two nodes begin one conversation', async () => {
    const [one, two] = await nodes(2)
    for (let round = 0; round < 10; round++) {
      const first = scene(one)
      await Promise.all([first.says('Hello'), at(two ?? one, first).says('Are you there?')])
      expect(await one.conversations.ofVisitor(first.visitorId, 5)).toHaveLength(1)
    }
  })

  it('W6 batches that cross each other’s conversations all end', async () => {
    const all = await nodes(2)
    const scenes = Array.from({ length: 12 }, () => scene(all[0]))
    const ids = (await Promise.all(scenes.map(({ says }) => says('Hello')))).map(
      (one) => taken(one).conversation.id,
    )
    const answers = await Promise.all(
      all.flatMap((node, turn) => {
        const order = turn === 0 ? ids : ids.toReversed()
        return order.map((id) => scene(node).answers(id, 'Hi'))
      }),
    )
    expect(answers.every(({ ok }) => ok)).toBe(true)
  })

  it('C1 C9 a receipt on one node and messages on another leave the state the entries add up to', async () => {
    const [one, two = one] = await nodes(2)
    const { says, answers, entries } = scene(one)
    const { conversation } = taken(await says('Hello'))
    const seen = { delivered: 1, seen: 1 }
    for (let round = 0; round < 20; round++)
      await Promise.all([
        answers(conversation.id, `round ${round}`),
        two.conversations.receive(conversation.id, 'visitor', { delivered: round, seen: round }),
        two.conversations.receive(conversation.id, 'agents', seen),
      ])
    const stored = await two.conversations.find(conversation.id)
    expect(stored?.conversation).toEqual(fold(conversation, await entries(conversation.id)))
    expect(stored?.receipts.visitor.seen).toBe(19)
  })

  it('V4 a token that reaches two nodes at once is one visitor', async () => {
    const all = await nodes(2)
    const { siteId } = scene(all[0])
    const tokenHash = newTokenHash()
    const both = await Promise.all(
      all.map(({ visitors }) =>
        visitors.ensure({ siteId, tokenHash, newId: newVisitorId(), locale: 'en', at: noon }),
      ),
    )
    expect(new Set(both.map(({ id }) => id)).size).toBe(1)
  })

  it('S31 no two of them ever do one job at the same time, and each conversation keeps its order', async () => {
    const all = await nodes(3)
    const [first] = all
    const caused = (entry: Entry) => (entry.kind === 'message' ? { said: entry.text } : null)
    first.jobs.follow([{ kind: 'test:told', wants: caused }], () => undefined)
    const people = Array.from({ length: 10 }, () => scene(first))
    for (let round = 0; round < 5; round++) await Promise.all(people.map(({ says }) => says(`${round}`)))
    const [tried, now] = [new Map<string, string[]>(), new Set<string>()]
    const work = async ({ jobs }: History) => {
      while (Object.values(await jobs.count()).some((n) => n > 0)) {
        const claimed = await jobs.claim({ now: noon, until: noon + 60_000, limit: 4 })
        for (const { id, conversationId, payload } of claimed.jobs) {
          expect(now.has(conversationId)).toBe(false)
          now.add(conversationId)
          tried.set(conversationId, [...(tried.get(conversationId) ?? []), `${Object(payload).said} ${id}`])
        }
        await new Promise(setImmediate)
        for (const job of claimed.jobs) {
          now.delete(job.conversationId)
          await jobs.done(job)
        }
      }
    }
    await Promise.all(all.map(work))
    const orders = [...tried.values()].map((each) => each.map((one) => one.split(' ')[0]).join(''))
    expect(orders).toEqual(people.map(() => '01234'))
  })

  it('S6 they agree on the epoch', async () => {
    const all = await nodes(3)
    expect(new Set(all.map((node) => node.epoch())).size).toBe(1)
  })

  it('S1 when connections break, writes are unavailable or stored, and go on afterwards', async () => {
    const [node] = await nodes(1)
    const { says, entries } = scene(node)
    const { conversation } = taken(await says('Hello'))
    const writing = Array.from({ length: 200 }, (_, i) => says(`message ${i}`))
    await postgres.dropConnections()
    const answers = await Promise.all(writing)
    const failed = answers.filter((answer) => !answer.ok)
    expect(failed.every((answer) => !answer.ok && answer.error.code === 'unavailable')).toBe(true)
    expect(taken(await says('Still here')).duplicate).toBe(false)
    const numbers = (await entries(conversation.id)).map(({ seq }) => seq)
    expect(numbers).toEqual(numbers.map((_, i) => i + 1))
    expect(numbers.length).toBeGreaterThanOrEqual(2 + answers.length - failed.length)
  })
})

describe('erasing on one node', () => {
  it('P22 leaves nothing of what other nodes are just storing, and they know of it at once', async () => {
    const all = await nodes(3)
    const [first] = all
    const [tokenHash, who] = [newTokenHash(), scene(first)]
    const newcomer = { siteId: who.siteId, tokenHash, locale: 'en' as const, at: noon }
    await first.visitors.ensure({ ...newcomer, newId: who.visitorId })
    const { conversation } = taken(await who.says('First'))
    const talk = Array.from({ length: 60 }, (_, n) => {
      const there = at(all[n % 3] ?? first, who)
      return n % 2 === 0 ? there.says(`More ${n}`) : there.answers(conversation.id, `Reply ${n}`)
    })
    const erased = first.erasures.erase(who.visitorId, noon)
    const [, ...answers] = await Promise.all([erased, ...talk])
    for (const answer of answers) expect(answer.ok ? 'not_found' : answer.error.code).toBe('not_found')
    for (const node of all) {
      expect(await node.erasures.held(who.visitorId)).toBeNull()
      expect(await node.erasures.isErased(who.siteId, tokenHash)).toBe(true)
      expect(await at(node, who).says('Again')).toMatchObject({ error: { code: 'not_found' } })
      const again = node.visitors.ensure({ ...newcomer, newId: newVisitorId() })
      await expect(again).rejects.toThrow(HistoryUnavailable)
    }
  })
})

describe('no PostgreSQL at all', () => {
  it('S1 is said when the store is opened', async () => {
    const databaseUrl = 'postgres://nobody@127.0.0.1:1/nothing'
    const opening = openHistory({ dataDir: fresh(), databaseUrl, clock: { now: () => noon } })
    await expect(opening).rejects.toThrow(HistoryUnavailable)
  })
})
