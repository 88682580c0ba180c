import type { Queries } from '../engine.ts'
import { renewEpoch } from '../migrate.ts'
import { UnfitRecord } from './kind.ts'
import { kinds } from './kinds.ts'
import { difference, startTally, type Tallies, type Tally } from './tally.ts'

/** The lines of a kind, some at a time; null when there are none to be had. */
export type Supply = (kind: string) => AsyncIterable<readonly string[]> | null

export const supplyFrom =
  (queries: Queries): Supply =>
  (name) =>
    kinds.find((kind) => kind.name === name)?.lines(queries) ?? null

/** Reads every kind once. */
export async function tally(queries: Queries): Promise<Tallies> {
  const found: Record<string, Tally> = {}
  for (const { name, lines } of kinds) {
    const counting = startTally()
    for await (const some of lines(queries)) counting.add(some)
    found[name] = counting.result()
  }
  return found
}

/**
 * Fills an empty store, reads it back, and answers what it took in. Belongs into one transaction:
 * it throws when the store is not empty, a record does not fit, or the store gives back anything else.
 */
export async function fill(queries: Queries, supply: Supply): Promise<Tallies> {
  await refuseUnlessEmpty(queries)
  // Those of here stand in the file beside the store, and are taken in when it is opened the next time.
  await queries.run('DELETE FROM erased')
  const taken = await takeIn(queries, supply)
  const wrong = difference(taken, await tally(queries))
  if (wrong) throw new Error(`The records were not taken in as they are: ${wrong}. Nothing was changed.`)
  await renewEpoch(queries)
  return taken
}

export class StoreNotEmpty extends Error {
  override name = 'StoreNotEmpty'
}

async function refuseUnlessEmpty(queries: Queries): Promise<void> {
  for (const table of ['visitors', 'conversations', 'page_views', 'files', 'exposures', 'follow_ups']) {
    const [row] = await queries.all(`SELECT 1 AS one FROM ${table} LIMIT 1`)
    if (row)
      throw new StoreNotEmpty(`The store holds ${table.replace('_', ' ')} already: it has to be empty.`)
  }
}

async function takeIn(queries: Queries, supply: Supply): Promise<Tallies> {
  const taken: Record<string, Tally> = {}
  for (const { name, store } of kinds) {
    const lines = supply(name)
    if (!lines) continue
    const counting = startTally()
    for await (const some of lines) {
      await store(queries, some).catch((fault) => {
        throw fault instanceof UnfitRecord ? new UnfitRecord(`In ${name}: ${fault.message}`) : fault
      })
      counting.add(some)
    }
    taken[name] = counting.result()
  }
  return taken
}
