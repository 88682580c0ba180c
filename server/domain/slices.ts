/** How long work may hold up everybody else, and how it gives way. */
export interface Pace {
  /** ms, from whenever; only goes forward. */
  now(): number
  /** Lets everything else that waits have its turn. */
  pause(): Promise<void>
}

export const eventLoopPace: Pace = {
  now: () => performance.now(),
  pause: () => new Promise((resolve) => setImmediate(resolve)),
}

const sliceMs = 2

/** Work in slices of a few ms: asked after each piece, it gives way when the slice is over. */
export class Slices {
  private until: number

  constructor(private readonly pace: Pace) {
    this.until = pace.now() + sliceMs
  }

  /** Null while the slice lasts, so that nobody waits for nothing. */
  breath(): Promise<void> | null {
    return this.pace.now() < this.until ? null : this.giveWay()
  }

  private async giveWay(): Promise<void> {
    await this.pace.pause()
    this.until = this.pace.now() + sliceMs
  }
}
