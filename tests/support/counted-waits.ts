import type { Entry } from '../../shared/conversation/entry.ts'
import { minute } from './history-cast.ts'

export interface Wait {
  from: number
  to: number
  first: boolean
}

/** Worked out from the entries, slowly and by itself. Who left and was silent for five minutes had gone then. */
export function waitsIn(entries: readonly Entry[], now: number): Wait[] {
  const waits: Wait[] = []
  let open: number | null = null
  let left: number | null = null
  let isFirst = true
  const end = (at: number) => {
    if (open !== null) waits.push({ from: open, to: at, first: isFirst })
    if (open !== null) isFirst = false
    open = null
  }
  const miss = (at: number) => {
    if (left !== null && at - left > 5 * minute) {
      end(left)
      left = null
    }
  }
  for (const entry of entries) {
    miss(entry.at)
    if (entry.kind === 'visitorLeft') left ??= entry.at
    if (entry.kind === 'visitorReturned') left = null
    if (entry.kind === 'closed') end(entry.at)
    if (entry.kind === 'reopened') isFirst = true
    if (entry.kind !== 'message' || entry.auto || entry.visibility === 'note') continue
    if (entry.author.kind === 'visitor') {
      left = null
      open ??= entry.at
    }
    if (entry.author.kind === 'agent') end(entry.at)
  }
  miss(now)
  end(now)
  return waits
}
