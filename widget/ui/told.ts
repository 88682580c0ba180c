import type { WidgetState } from '../state/state.ts'

/** How the connection is told of. */
export interface Told {
  /** The text that says it; null where there is nothing to say yet. */
  word: 'connecting' | 'reconnecting' | 'offline' | 'online' | 'outdated' | 'refused' | null
  /** For the eye as well. */
  shown: boolean
  /** How many messages wait for it. */
  waiting: number
  /** When it will be told of in another way, if nothing happens before. */
  until: number | null
}

/** What is over so soon is not worth a word. */
const grace = 2_000
/** Whoever has tried for so long says that there is no connection. */
const patience = 6_000
/** For how long it is shown that all is well again. */
const relief = 4_000

/** How to tell of the connection at `now`; `network` is what the device says of its own. */
export function connectionTold(
  state: WidgetState,
  { now, network }: { now: number; network: boolean },
): Told {
  const { connection, since, away } = state
  const passed = now - since
  const hopes = connection === 'connecting' || connection === 'offline'
  const waiting = hopes ? waitingIn(state) : 0
  const told = (word: Told['word'], shown: boolean, lasts?: number): Told => ({
    ...{ word, shown, waiting },
    until: lasts === undefined ? null : since + lasts,
  })
  if (connection === 'refused') return told(state.refused === 'protocol' ? 'outdated' : 'refused', true)
  const before = state.epoch === null ? null : 'online'
  if (connection === 'online') {
    const isRelief = away >= grace && passed < relief
    return isRelief ? told('online', true, relief) : told('online', false)
  }
  if (passed < grace) return told(before, false, grace)
  if (!network || passed >= patience) return told('offline', true)
  return told(before ? 'reconnecting' : 'connecting', true, patience)
}

const waitingIn = ({ timelines }: WidgetState): number =>
  [...timelines.values()].flatMap(({ pending }) => pending.filter(({ state }) => state.name !== 'notSent'))
    .length
