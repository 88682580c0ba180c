import type { ClientId } from '../../shared/ids.ts'
import type { Store } from './store.ts'

/** What the console's state asks of the browser. Passed in, so that tests move time by hand. */
export interface Clock {
  /** ms since 1970. */
  now(): number
  /** Calls `run` once after `ms`; the returned function cancels it. */
  after(ms: number, run: () => void): () => void
}

/** `localStorage` or what stands in for it; never throws. */
export interface Keep {
  read(key: string): string | null
  write(key: string, value: string | null): void
  /** The keys held that begin so; of all tabs. */
  keys(prefix: string): string[]
  /** False once the browser refused to keep something: it is then held as long as the page is open. */
  lasting: Pick<Store<boolean>, 'get' | 'subscribe'>
}

/**
 * What outlives even the browser's own death; slower than `Keep`, which is written first. Never rejects:
 * where nothing can be kept it forgets.
 */
export interface Vault {
  /** Keys that begin so, with their values. */
  all(prefix: string): Promise<(readonly [key: string, value: string])[]>
  has(key: string): Promise<boolean>
  /** Resolves when it is on the disk. */
  write(key: string, value: string | null): Promise<void>
}

export interface Chance {
  clientId(): ClientId
  /** At least 0, less than 1. */
  share(): number
}

/** What is told outside of the page. */
export interface Shown {
  title: string
  body: string
  lang: string
  dir: 'ltr' | 'rtl'
}

/** Whether the browser lets this page show itself outside; `none` where it cannot. */
export type Leave = 'granted' | 'denied' | 'default' | 'none'

/** What the browser can do to be noticed. */
export interface Alarm {
  /** Whether this tab is out of sight. */
  isHidden(): boolean
  /** Called when it comes into sight, until the returned function is called. */
  onSight(listener: () => void): () => void
  sound(about: 'late' | 'message'): void
  /** In the place of what it showed before; `opened` when somebody clicks on it. */
  show(shown: Shown, opened: () => void): void
  leave(): Leave
  askLeave(): Promise<Leave>
  /** While the work lasts, no other tab of this browser does any such. */
  alone<T>(work: () => T): Promise<T>
}
