import type { IncomingMessage, Server } from 'node:http'
import { agentFilesPath, filesPath } from '../../shared/file-paths.ts'
import { times } from '../../shared/limits.ts'
import type { Clock } from '../domain/ports.ts'

/** A body that is no file comes at once; a file may take its time, as long as it comes. */
export function cutSlowSenders(server: Server, clock: Clock): void {
  server.on('request', (request: IncomingMessage) => {
    const hasBody = 'content-length' in request.headers || 'transfer-encoding' in request.headers
    if (!hasBody || request.complete) return
    const isFile = [filesPath, agentFilesPath].some((path) => request.url?.startsWith(path))
    watch(request, clock, isFile)
  })
}

/** With `patient`, whatever has come buys what follows its time. */
function watch(request: IncomingMessage, clock: Clock, patient: boolean): void {
  const { socket } = request
  let read = socket.bytesRead
  const look = (): void => {
    if (request.complete) return
    if (!patient || socket.bytesRead === read) return void request.destroy()
    read = socket.bytesRead
    cancel = clock.after(times.uploadSilent, look)
  }
  let cancel = clock.after(times.uploadSilent, look)
  request.once('close', () => cancel())
}
