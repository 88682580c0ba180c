import type { History } from '../../../server/history/history.ts'

export interface OpenedHistory {
  history: History
  /** Moves the clock that reports measure open turns by. */
  setTime(now: number): void
}

let opened: OpenedHistory | null = null

export const hold = (one: OpenedHistory): void => {
  opened = one
}

const held = (): OpenedHistory => {
  if (!opened) throw new Error('The store is not open yet.')
  return opened
}

/** The store that the chapters of the contract are held against. */
export const history = (): History => held().history
export const setTime = (now: number): void => held().setTime(now)
