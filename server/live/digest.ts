import type { Clock, Log } from '../domain/ports.ts'

interface DigestNeeds<Id> {
  every: number
  most: number
  /** Sends one frame about these; answers those for which it had no room. */
  send(ids: Id[]): Promise<Id[]> | Id[]
  clock: Clock
  log: Log
}

/**
 * Gathers changes by id: the first is sent at once, then at most one frame in `every` ms of at
 * most `most` ids. However much happens, a reader gets a bounded number of bounded frames.
 */
export class Digest<Id> {
  private changed = new Set<Id>()
  private cancel: (() => void) | null = null

  constructor(private readonly needs: DigestNeeds<Id>) {}

  add(id: Id): void {
    this.changed.add(id)
    if (this.cancel) return
    this.rest()
    // After the present turn, so that all it changes goes into the one frame.
    queueMicrotask(() => this.send())
  }

  close(): void {
    this.cancel?.()
    this.cancel = () => undefined
    this.changed.clear()
  }

  private rest(): void {
    this.cancel = this.needs.clock.after(this.needs.every, () => {
      this.cancel = null
      if (this.changed.size === 0) return
      this.rest()
      this.send()
    })
  }

  private send(): void {
    const ids: Id[] = []
    for (const id of this.changed) {
      if (ids.length === this.needs.most) break
      ids.push(id)
      this.changed.delete(id)
    }
    if (ids.length) this.deliver(ids).catch((error: unknown) => this.failed(ids, error))
  }

  private async deliver(ids: Id[]): Promise<void> {
    const left = await this.needs.send(ids)
    // Before all that has changed since, so that everybody's turn comes.
    this.changed = new Set([...left, ...this.changed])
    for (const id of left) this.add(id)
  }

  /** What could not be told now goes into a later frame; nobody would tell it again. */
  private failed(ids: Id[], error: unknown): void {
    this.needs.log.warn('digest:failed', { error: String(error) })
    for (const id of ids) this.add(id)
  }
}
