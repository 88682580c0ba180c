import type { Link } from '../connection/link.ts'
import type { Host } from '../page/host.ts'
import { letterBoxName } from '../page/keep.ts'

/** Those who hear it do not all try at the same moment. */
const spread = 1_000

/** Wiped with the letters; taken for none of them. */
const bell = (host: Host): string => `${letterBoxName(host)}!`

/**
 * Tells the other tabs of this visitor that it is worth trying now. By storage rather than a channel: an open
 * channel keeps a page out of the back-forward cache in some browsers.
 */
export function callNeighbours(host: Host): void {
  if (!host.memory.held || host.memory.unstored) return
  try {
    localStorage.setItem(bell(host), '1')
    localStorage.removeItem(bell(host))
  } catch (error) {
    host.emit('error', error)
  }
}

/** Answers the calls of other tabs, and calls them as this page goes: something may wait. The returned function stops it. */
export function watchNeighbours(host: Host, link: Link, mail: { flush(): void }): () => void {
  const end = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const answer = () => {
    timer = undefined
    if (link.connected()) mail.flush()
    else link.wake()
  }
  const heard = ({ key, newValue }: StorageEvent) => {
    if (newValue && key === bell(host)) timer ??= setTimeout(answer, spread * Math.random())
  }
  addEventListener('storage', heard, end)
  addEventListener('pagehide', () => callNeighbours(host), end)
  return () => {
    clearTimeout(timer)
    end.abort()
  }
}
