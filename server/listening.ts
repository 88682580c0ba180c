import type { Server } from 'node:http'
import type { Clock } from './domain/ports.ts'

/** Listens; answers the port, which the system chose if it was 0. */
export function listenOn(server: Server, { port, host }: { port: number; host: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

/** Of the ten seconds a stop may take; the rest is for the stores. */
const patience = 6_000

/** A connection whose last request has just been answered would be kept for the next one that never comes. */
const idleAtMost = 100

/** Takes no more connections and lets the requests under way finish, within limits. */
export function finishWithin(server: Server, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    let cancelLook = (): void => undefined
    const closeIdle = (): void => {
      server.closeIdleConnections()
      cancelLook = clock.after(idleAtMost, closeIdle)
    }
    const cancel = clock.after(patience, () => server.closeAllConnections())
    server.close(() => {
      cancel()
      cancelLook()
      resolve()
    })
    closeIdle()
  })
}
