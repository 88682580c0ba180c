import type { Clock } from '../../server/domain/ports.ts'

export interface HandClock extends Clock {
  /** Moves time on and runs what falls due on the way, in order. */
  advance(ms: number): void
}

/** Time that moves only when a test says so. */
export function handClock(start = Date.UTC(2026, 2, 21, 9)): HandClock {
  let now = start
  let waiting: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    after(ms, run) {
      const one = { at: now + ms, run }
      waiting.push(one)
      return () => {
        waiting = waiting.filter((other) => other !== one)
      }
    },
    advance(ms) {
      const until = now + ms
      for (;;) {
        const due = waiting.filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        waiting = waiting.filter((one) => one !== due)
        now = Math.max(now, due.at)
        due.run()
      }
      now = until
    },
  }
}
