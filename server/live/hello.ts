import { protocolVersion } from '../../shared/protocol.ts'
import { failure, success } from '../../shared/result.ts'
import type { Request } from './request.ts'

interface Greeter {
  socket: {
    emit(event: 'refused', payload: { reason: 'protocol' }): unknown
    disconnect(close: boolean): unknown
  }
}

/**
 * A client of another version is told so before its hello is held against our schema: what
 * another version says may well look different.
 */
export const helloRequest = <Seat extends Greeter>(request: Request<Seat>): Request<Seat> => ({
  prepare: (payload) =>
    speaksOtherVersion(payload) ? success((seat: Seat) => refuse(seat)) : request.prepare(payload),
})

const speaksOtherVersion = (payload: unknown): boolean =>
  typeof payload === 'object' &&
  payload !== null &&
  'protocolVersion' in payload &&
  Number.isSafeInteger(payload.protocolVersion) &&
  payload.protocolVersion !== protocolVersion

const refuse = ({ socket }: Greeter) => ({
  ...failure('unsupported', `This server speaks version ${protocolVersion} of the protocol; reload.`),
  after: async () => {
    socket.emit('refused', { reason: 'protocol' })
    socket.disconnect(true)
  },
})
