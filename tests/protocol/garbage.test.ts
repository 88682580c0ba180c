import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attend } from '../support/agent.ts'
import { Garbage } from '../support/garbage.ts'
import { aToken, seeded } from '../support/random.ts'
import { visit } from '../support/visitor.ts'
import { openWorld, type World } from '../support/world.ts'
import type { Target } from './target.ts'
import { allTargets, everySurface } from './targets.ts'

const seed = Number(process.env.GARBAGE_SEED ?? 20_261_122)
const payloads = 12_000
const inFlight = 25
const talks = 40

const plenty = { burst: 1_000_000, refillMs: 0.001 }
const rateLimits = {
  person: { requests: plenty, messages: plenty },
  socket: { tokens: plenty },
  address: { requests: plenty, messages: plenty },
}

describe(`garbage, seed ${seed}`, () => {
  let world: World
  let targets: Target[]
  beforeAll(async () => {
    world = await openWorld({
      live: { rateLimits, violations: { burst: 300, refillMs: 1_000 }, socketsPerAddress: 100_000 },
    })
    targets = await allTargets(world)
  })
  afterAll(async () => {
    for (const target of targets) target.close()
    await world.close()
  })

  it('W1 W2 is answered by typed errors while honest people go on talking', async () => {
    const garbage = new Garbage(seeded(seed))
    const sara = await attend(world)
    const amir = await visit(world, { token: aToken() })
    const { conversation } = await amir.says('0')
    await sara.watch(conversation.id)

    const settings = JSON.stringify(world.workspace.read())
    const faults: string[] = []
    const perTalk = payloads / talks
    for (let talk = 1; talk <= talks; talk++) {
      for (let thrown = 0; thrown < perTalk; thrown += inFlight)
        faults.push(...(await throwMany(targets, garbage, inFlight)))
      await amir.says(String(talk))
    }

    expect(faults).toEqual([])
    const stored = await world.history.conversations.entries(conversation.id, 0, 200)
    expect(texts(stored)).toEqual(Array.from({ length: talks + 1 }, (_, talk) => String(talk)))
    const heard = await Promise.all(Array.from({ length: talks }, () => sara.wire.heard('entries:added')))
    expect(texts(heard.flatMap((one) => one.entries))).toEqual(texts(stored).slice(1))
    const { items } = await world.app.domain.conversations.list({ order: 'recent', limit: 50 })
    expect(items.map((row) => row.conversation.id)).toEqual([conversation.id])
    expect(JSON.stringify(world.workspace.read())).toBe(settings)
    expect(world.app.domain.visits.live().map((one) => one.visitorId)).toEqual([conversation.visitorId])
    const hit = new Set(targets.flatMap((target) => [...target.hit]))
    expect(everySurface.filter((name) => !hit.has(name))).toEqual([])
    expect(world.log.filter((line) => line.includes('live:failed') || line.includes('"error"'))).toEqual([])
  }, 120_000)
})

async function throwMany(targets: Target[], garbage: Garbage, count: number): Promise<string[]> {
  const thrown = Array.from({ length: count }, () => pick(targets, garbage).throwOne(garbage))
  return (await Promise.all(thrown)).filter((fault) => fault !== null)
}

function pick(targets: Target[], garbage: Garbage): Target {
  return garbage.one(targets.flatMap((target) => Array<Target>(target.share).fill(target)))
}

const texts = (entries: object[]): unknown[] => entries.map((entry) => 'text' in entry && entry.text)
