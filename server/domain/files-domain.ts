import type { SignedInAgent } from '../../shared/agent.ts'
import type { MessageFile } from '../../shared/file.ts'
import type { ClientId, ConversationId, FileId, VisitorToken } from '../../shared/ids.ts'
import type { Locale } from '../../shared/locale.ts'
import type { Result } from '../../shared/result.ts'
import type { Site } from '../../shared/workspace.ts'
import type { OpenFile } from '../files/files.ts'

/** A file as it comes in. `length` is what its sender has said; `name` too, as it may be shown. */
export interface Incoming {
  bytes: AsyncIterable<Uint8Array>
  length: number
  name: string
}

/** Files come before the message that carries them. */
export interface Files {
  /** The same `clientId` again stores nothing, and answers as the first time. */
  takeFromVisitor(
    from: { site: Site; token: VisitorToken; clientId: ClientId; locale: Locale; address: string },
    incoming: Incoming,
  ): Promise<Result<MessageFile>>
  takeFromAgent(
    from: { agent: SignedInAgent; conversationId: ConversationId; clientId: ClientId },
    incoming: Incoming,
  ): Promise<Result<MessageFile>>
  /** For an agent, or for whom it was meant; missing and forbidden answer alike. */
  open(id: FileId, reader: 'agent' | VisitorToken): Promise<Result<{ file: MessageFile; content: OpenFile }>>
}
