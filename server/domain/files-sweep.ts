import type { Clock, Log } from './ports.ts'

const sweepEvery = 60 * 60_000

/** Lets go of files that nobody sent, now and once an hour. The returned function stops it. */
export function sweepFiles(
  files: { sweep(): Promise<void> },
  { clock, log }: { clock: Clock; log: Log },
): () => void {
  let cancel: () => void = () => undefined
  const sweep = (): void => {
    cancel = clock.after(sweepEvery, sweep)
    files.sweep().catch((error: unknown) => log.warn('files:unswept', { error: String(error) }))
  }
  sweep()
  return () => cancel()
}
