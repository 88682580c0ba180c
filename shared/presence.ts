import { times } from './limits.ts'

/** What is known of somebody on the site. Times in ms. */
export interface SignsOfLife {
  device: 'desktop' | 'phone'
  /** A socket of theirs is open. */
  connected: boolean
  /** Their page said that nobody touches it. */
  idle: boolean
  /** When pointer, keyboard or a page change last told of them. */
  activeAt: number
  /** When anything at all last came from them. */
  seenAt: number
}

export type Presence = 'active' | 'idle' | 'gone'

const goneAfter = (device: SignsOfLife['device']): number =>
  device === 'phone' ? times.visitorGonePhone : times.visitorGoneDesktop

/** Whether somebody is there, from timestamps alone: nothing has to be switched off when a server dies. */
export function presenceOf(signs: SignsOfLife, now: number): Presence {
  if (!signs.connected && now - signs.seenAt >= goneAfter(signs.device)) return 'gone'
  return signs.idle || now - signs.activeAt >= times.visitorIdle ? 'idle' : 'active'
}
