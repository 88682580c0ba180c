import type { Entry } from '../../shared/conversation/entry.ts'
import { limits, times } from '../../shared/limits.ts'
import { isRetryable, type Result, success } from '../../shared/result.ts'
import type { Ask } from '../connection/link.ts'
import { after } from '../page/after.ts'
import { type Place, timelineAt, unstarted } from '../state/state.ts'
import type { Store } from '../state/store.ts'

interface Needs {
  store: Store
  ask: Ask
}

/** Where it is being asked: who scrolls at the top asks many times a second. */
const asked = new Set<Place>()

/**
 * Fetches the entries before the first one held, as many as one answer takes. Tries again where that may help;
 * without a connection the log asks once there is one.
 */
export async function fetchOlder(needs: Needs, place: Place): Promise<void> {
  if (asked.has(place)) return
  asked.add(place)
  const { store } = needs
  const found = await entriesBefore(needs, place)
  if (found.ok) {
    asked.delete(place)
    store.apply({ type: 'timeline', place, event: { type: 'older', entries: found.value } })
  } else if (isRetryable(found.error.code))
    after(Math.max(found.error.retryAfterMs ?? 0, times.retryFirst), () => {
      asked.delete(place)
      if (store.get().connection === 'online') fetchOlder(needs, place)
    })
}

/** An answer may be cut for its bytes; what has a hole is of no use. */
async function entriesBefore({ store, ask }: Needs, place: Place): Promise<Result<Entry[]>> {
  const first = timelineAt(store.get(), place).entries[0]?.seq ?? 1
  const entries: Entry[] = []
  let held = Math.max(0, first - 1 - limits.entriesPerAnswer)
  while (place !== unstarted && held < first - 1) {
    const said = await ask('entries:since', { conversationId: place, after: held })
    if (!said.ok) return said
    const last = said.value.entries.at(-1)
    if (!last) break
    entries.push(...said.value.entries)
    held = last.seq
  }
  return success(entries)
}
