import { day } from '../../../shared/limits.ts'
import { episodeShape, type StoredEpisode, type StoredTurn, turnShape } from './shapes.ts'
import { Sheet } from './sheet-reader.ts'
import { SheetWriter } from './sheet-writer.ts'

/** Turns and episodes of some conversations. */
export interface Facts {
  turns: StoredTurn[]
  episodes: StoredEpisode[]
}

/** Neighbours whose facts are packed together: few enough that one who changed is soon packed again. */
export const blockSize = 256

/** Which part of the ledger a fact stands in. */
export interface Place {
  day: number
  block: number
}

export const dayOf = (at: number): number => Math.floor(at / day)
export const blockOf = (conversation: number): number => Math.floor(conversation / blockSize)

/** When an episode may be asked for: as it began, as the visitor first wrote, as it was closed. */
export const momentsOf = ({ startedAt, firstMessageAt, closedAt }: StoredEpisode): number[] =>
  [startedAt, firstMessageAt, closedAt].filter((at) => at !== null)

/** A turn stands with the day it opened, an episode with each day on which it may be asked for. */
export const factsOn = ({ turns, episodes }: Facts, when: number): Facts => ({
  turns: turns.filter(({ openedAt }) => dayOf(openedAt) === when),
  episodes: episodes.filter((episode) => momentsOf(episode).some((at) => dayOf(at) === when)),
})

export const without = ({ turns, episodes }: Facts, gone: ReadonlySet<number>): Facts => ({
  turns: turns.filter(({ number }) => !gone.has(number)),
  episodes: episodes.filter(({ number }) => !gone.has(number)),
})

export const joined = (all: readonly Facts[]): Facts => ({
  turns: all.flatMap(({ turns }) => turns),
  episodes: all.flatMap(({ episodes }) => episodes),
})

export const isEmpty = ({ turns, episodes }: Facts): boolean => turns.length + episodes.length === 0

/** In an order that does not depend on how it came together, so that a part built anew is the same. */
export function packed({ turns, episodes }: Facts, when: number): Uint8Array {
  const writer = new SheetWriter(when * day)
  writer.add('turns', turnShape, [...turns].sort(byPlace((turn) => turn.openedSeq)))
  writer.add('episodes', episodeShape, [...episodes].sort(byPlace(({ episode }) => episode)))
  return writer.bytes()
}

const byPlace =
  <One extends { number: number }>(second: (one: One) => number) =>
  (one: One, other: One): number =>
    one.number - other.number || second(one) - second(other)

export function unpacked(body: Uint8Array): Facts {
  const sheet = new Sheet(body)
  return {
    turns: sheet.rows<StoredTurn>('turns', turnShape),
    episodes: sheet.rows<StoredEpisode>('episodes', episodeShape),
  }
}
