import type { VisitorAnswers, VisitorInput, VisitorRequest } from '../../shared/protocol.ts'
import type { Visit } from '../domain/visits/visit.ts'
import type { Handler } from './request.ts'
import type { VisitorSeat } from './seats.ts'

/** A seat after `hello`. */
export type SeatedVisitor = VisitorSeat & { visit: Visit }

/** One handler for each request a seated visitor can make. */
export type VisitorHandlers = {
  [Name in Exclude<VisitorRequest, 'hello'>]: Handler<SeatedVisitor, VisitorInput<Name>, VisitorAnswers[Name]>
}
