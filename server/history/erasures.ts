import type { VisitorId } from '../../shared/ids.ts'
import { erasedFile } from './erased-file.ts'
import type { Erased, ErasureHistory } from './history.ts'
import type { Store } from './store.ts'

/** Letting go of a person: said beside the store, deleted in it, and then gone from the disk. */
export function erasureHistory(store: Store, dataDir: string): ErasureHistory {
  const { erasures } = store.records
  const file = erasedFile(dataDir)
  return {
    held: (id) => erasures.held(id),
    isErased: (siteId, tokenHash) => erasures.isErased(siteId, tokenHash),
    async erase(id, at) {
      const marks = await erasures.marksOf(id)
      if (marks) await file.add(marks.map((mark) => ({ mark, at })))
      const gone = marks && (await erasures.erase(id, at))
      return gone ?? ((await erasures.wasErased(id)) ? nothingLeft(id) : null)
    },
    sweep: () => store.forget().finally(() => scrubWhereDue(store)),
  }
}

async function scrubWhereDue({ records: { erasures }, scrub }: Store): Promise<void> {
  const due = await erasures.scrubDue()
  if (due === null) return
  await scrub()
  await erasures.scrubbed(due)
}

const nothingLeft = (visitorId: VisitorId): Erased => ({
  ...{ visitorId, tokenHash: null, conversationIds: [], counts: {}, bytes: [] },
})

/**
 * Brings a store that was just opened and the file beside it to the same knowledge: whoever is erased by either is
 * erased by both. So what a crash broke off is finished, and what came back with an older copy is let go again.
 */
export async function finishErasures(store: Store, dataDir: string): Promise<void> {
  const { erasures } = store.records
  const file = erasedFile(dataDir)
  const [written, stored] = await Promise.all([file.read(), erasures.marks()])
  const inFile = new Set(written.map(({ mark }) => mark))
  const inStore = new Set(stored.map(({ mark }) => mark))
  const unheard = written.filter(({ mark }) => !inStore.has(mark))
  if (unheard.length > 0) await erasures.eraseMarked(unheard)
  await file.add(stored.filter(({ mark }) => !inFile.has(mark)))
  await scrubWhereDue(store)
}
