// Taken before a test holds its clients' timers.
const { setTimeout } = globalThis

/** Looks again and again until it holds; fails with what is told then. Nothing waits longer than it must. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  { within = 60_000, otherwise }: { within?: number; otherwise: () => string },
): Promise<void> {
  const deadline = performance.now() + within
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`After ${within} ms: ${otherwise()}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
