import type { Link } from '../connection/link.ts'
import type { Host } from '../page/host.ts'
import { letterBoxName } from '../page/keep.ts'

/** Those who hear it do not all try at the same moment. */
const spread = 1_000

export interface Neighbours {
  /** Tells the other tabs of this visitor that it is worth trying now. */
  call(): void
  stop(): void
}

/** By storage rather than a channel: an open channel keeps a page out of the back-forward cache in some browsers. */
export function watchNeighbours(host: Host, link: Link, mail: { flush(): void }): Neighbours {
  const end = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  // Wiped with the letters; taken for none of them.
  const bell = () => `${letterBoxName(host)}!`
  const answer = () => {
    timer = undefined
    if (link.connected()) mail.flush()
    else link.wake()
  }
  const heard = ({ key, newValue }: StorageEvent) => {
    if (newValue && key === bell()) timer ??= setTimeout(answer, spread * Math.random())
  }
  addEventListener('storage', heard, end)
  return {
    call() {
      if (!host.memory.held || host.memory.unstored) return
      try {
        localStorage.setItem(bell(), '1')
        localStorage.removeItem(bell())
      } catch (error) {
        host.emit('error', error)
      }
    },
    stop() {
      clearTimeout(timer)
      end.abort()
    },
  }
}
