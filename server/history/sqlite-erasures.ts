import { HistoryUnavailable } from './history.ts'
import type { Journal } from './records/journal.ts'
import type { Records } from './records/records.ts'
import { removeLogsSetAside } from './same-files.ts'
import type { Thread } from './store-thread.ts'

/** Of emptying the log. Each waits up to two seconds for those who read. */
const tries = 10

/** Erasing in the embedded store, whose journal holds what the tables do not have yet. */
export function sqliteErasures(
  { erasures }: Records,
  journal: Journal,
  { writer, file }: { writer: Thread; file: string },
): Pick<Records, 'erasures'> & { scrub(): Promise<void> } {
  let last: Promise<unknown> = Promise.resolve()
  let next: Promise<void> | null = null
  return {
    /** It takes as long as the store is large: those who ask while one is under way share the next. */
    scrub() {
      next ??= last.then(() => {
        next = null
        const done = scrubNow()
        last = done.catch(() => undefined)
        return done
      })
      return next
    },
    erasures: {
      held: (id) => erasures.held(id),
      isErased: (...token) => erasures.isErased(...token),
      marksOf: (id) => erasures.marksOf(id),
      marks: () => erasures.marks(),
      wasErased: (id) => erasures.wasErased(id),
      scrubDue: () => erasures.scrubDue(),
      scrubbed: (due) => erasures.scrubbed(due),
      erase: (id, at) => journal.erasing(id, () => erasures.erase(id, at)),
      eraseMarked: (marks) => journal.alone(() => erasures.eraseMarked(marks)),
    },
  }

  async function scrubNow(): Promise<void> {
    await removeLogsSetAside(file)
    await journal.alone(() => writer.call('thread', 'rewrite', []))
    for (let n = 0; n < tries; n++) if (await writer.call<boolean>('thread', 'emptyLog', [])) return
    throw new HistoryUnavailable('Somebody reads the store, perhaps a backup: its log cannot be emptied now.')
  }
}
