import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'

/**
 * The TCP connections that became WebSockets. A peer that never answers the closing handshake keeps
 * its connection for half a minute, and the HTTP server with it, so a stop cuts what is left.
 */
export class UpgradedSockets {
  private readonly open = new Set<Duplex>()

  constructor(httpServer: Server) {
    const { open } = this
    // One listener for all connections: a closure each would cost memory.
    function forget(this: Duplex): void {
      open.delete(this)
    }
    httpServer.on('upgrade', (_, socket) => {
      open.add(socket)
      socket.on('close', forget)
    })
  }

  cut(): void {
    for (const socket of this.open) socket.destroy()
  }
}
