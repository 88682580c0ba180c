import { day } from '../../shared/limits.ts'
import type { SessionHistory } from '../history/history.ts'
import type { Clock, Log } from './ports.ts'

/** Lets go of what ran out, now and once a day. The returned function stops it. */
export function sweepSessions(needs: { sessions: SessionHistory; clock: Clock; log: Log }): () => void {
  const { sessions, clock, log } = needs
  let cancel: () => void = () => undefined
  const sweep = (): void => {
    cancel = clock.after(day, sweep)
    sessions.endExpired(clock.now()).catch((error: unknown) => {
      log.warn('sessions:unswept', { error: String(error) })
    })
  }
  sweep()
  return () => cancel()
}
