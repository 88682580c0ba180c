import type { MessageFile } from '../../shared/file.ts'
import type { AgentId, ClientId, ConversationId, FileId, SiteId, VisitorId } from '../../shared/ids.ts'
import type { Result } from '../../shared/result.ts'

/** What is known of an upload. The bytes lie elsewhere, under their hash. */
export interface StoredFile extends MessageFile {
  siteId: SiteId
  owner: VisitorId | AgentId
  clientId: ClientId
  /** Of an agent’s file from the first; of a visitor’s once a message of that conversation holds it. */
  conversationId: ConversationId | null
  /** Client id of the message that holds it. */
  message: ClientId | null
  /** Of that message; nobody but its owner sees a file before. */
  visibility: 'visible' | 'note'
  /** Of its bytes, in hex. */
  sha256: string
  createdAt: number
}

export interface FileHistory {
  /** The one this owner uploaded under this client id before, or this one. `HistoryUnavailable` for who was just erased. */
  add(file: StoredFile): Promise<StoredFile>
  find(id: FileId): Promise<StoredFile | null>
  findOwn(owner: StoredFile['owner'], clientId: ClientId): Promise<StoredFile | null>
  /** What was uploaded after `since`: by this owner, null for nobody, and to the whole site. */
  spent(ask: {
    owner: StoredFile['owner'] | null
    siteId: SiteId
    since: number
  }): Promise<{ ownBytes: number; ownFiles: number; siteBytes: number }>
  /**
   * Holds files for a message that is about to be appended, in the order given. `not_found` for what is missing
   * or another’s, `conflict` for what another message holds. Again for the same message: the same answer.
   */
  hold(ask: {
    ids: readonly FileId[]
    owner: StoredFile['owner']
    message: ClientId
    conversationId: ConversationId | null
    visibility: StoredFile['visibility']
    at: number
  }): Promise<Result<MessageFile[]>>
  /**
   * Forgets files last touched before `before` which no stored message carries, some at a time. `more`: ask again.
   */
  sweep(before: number): Promise<{ removed: string[]; more: boolean }>
  /** Those of the hashes that some file has. */
  kept(hashes: readonly string[]): Promise<string[]>
}
