/** A place beside what is remembered, named by so little of the token that it is nobody's. */
const graveOf = (box: string): string => box.replace(/:([\w-]{9})[\w-]{34}$/, '!$1')

/**
 * Removes a database of letters, for which a frozen tab may keep the browser waiting. Until it is gone it stands
 * written that its visitor has signed out.
 */
export function bury(box: string): void {
  const grave = graveOf(box)
  const level = () => attempt(() => localStorage.removeItem(grave))
  attempt(() => localStorage.setItem(grave, ''))
  const asked = attempt(() => {
    indexedDB.deleteDatabase(box).onsuccess = level
  })
  // Where databases are forbidden there is none.
  if (!asked) level()
}

/** Whether its visitor has signed out; what is left of it is removed then. */
export function isBuried(box: string): boolean {
  const buried = attempt(() => localStorage.getItem(graveOf(box)) !== null)
  if (buried) bury(box)
  return buried
}

/** False where it cannot be done. */
function attempt(action: () => unknown): boolean {
  try {
    return action() !== false
  } catch {
    return false
  }
}
