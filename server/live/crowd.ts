/** Counts who is here under each key, and says when it is too many. */
export interface Crowd {
  /** False when `most` are here already; otherwise counts one more. */
  enter(key: string): boolean
  leave(key: string): void
}

export function createCrowd(most: number): Crowd {
  const counts = new Map<string, number>()
  return {
    enter(key) {
      const count = counts.get(key) ?? 0
      if (count >= most) return false
      counts.set(key, count + 1)
      return true
    },
    leave(key) {
      const count = counts.get(key) ?? 0
      if (count > 1) counts.set(key, count - 1)
      else counts.delete(key)
    },
  }
}
