/** How long something took, as far as the machine let this process do it. */
export interface Stopwatch {
  /** So far, ms. */
  read(): number
  stop(): void
}

const tick = 10
/** A tick that comes later was kept waiting by whatever else the machine had to do. */
const longestTick = 30

/**
 * Shows wall time on a machine that has nothing else to do, waiting for timers and peers included. Time in which
 * this process was not let run is not counted; what it did itself is, since that is processor time.
 */
export function startStopwatch(): Stopwatch {
  const began = process.cpuUsage()
  let last = performance.now()
  let passed = 0
  const look = () => {
    const now = performance.now()
    passed += Math.min(now - last, longestTick)
    last = now
  }
  const ticking = setInterval(look, tick)
  return {
    read() {
      look()
      const { user, system } = process.cpuUsage(began)
      return Math.max(passed, (user + system) / 1_000)
    },
    stop: () => clearInterval(ticking),
  }
}
