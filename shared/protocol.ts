/*
 * The wire. Socket.IO on `wirePath`, namespaces `/visitor` and `/agent`.
 * Every request carries one object and is acknowledged with an `Ack`; announcements are not.
 * The first request of a socket is `hello`; before it every other is refused.
 */
export type {
  Changed,
  ConversationSnapshot,
  EntriesAnswer,
  Sent,
  VisitorSnapshot,
} from './answers.ts'
export type { Invitation } from './invitation.ts'
export {
  type AgentAnnouncements,
  type AgentAnswers,
  type AgentInput,
  type AgentRequest,
  type AgentSnapshot,
  agentRequests,
  type Totals,
} from './protocol/agent.ts'
export type { EntriesAdded, ReceiptsChanged, TypingChanged } from './protocol/parts.ts'
export {
  MessagesLeft,
  type VisitorAnnouncements,
  type VisitorAnswers,
  VisitorAuth,
  type VisitorInput,
  type VisitorRequest,
  visitorRequests,
} from './protocol/visitor.ts'
export type { NamedFrame, RosterMoved } from './roster.ts'
export { protocolVersion, type RefusalReason, refusalReasons, wirePath } from './wire.ts'
