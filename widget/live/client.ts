import type { ClientId, ConversationId } from '../../shared/ids.ts'
import type { VisitorAnswers, VisitorInput } from '../../shared/protocol.ts'
import type { Result } from '../../shared/result.ts'
import type { PendingFile } from '../../shared/timeline.ts'
import type { Identity } from '../../shared/visitor.ts'
import type { Live } from '../page/host.ts'
import type { Place } from '../state/state.ts'
import type { Store } from '../state/store.ts'
import type { Language } from '../ui/language.ts'

/** What the panel can do; everything it shows stands in `store`. */
export interface Client extends Live {
  store: Store
  language(): Promise<Language>
  /** Queues a message; resolves when it is safe on this device. */
  write(text: string, place: Place, files?: readonly PendingFile[], about?: Identity): Promise<void>
  retry(clientId: ClientId): void
  discard(clientId: ClientId): void
  end(conversationId: ConversationId): Promise<unknown>
  typing(conversationId: ConversationId, typing: boolean): Promise<unknown>
  /** Everything up to the last entry was looked at. */
  look(conversationId: ConversationId): void
  /** Fetches what comes before the entries held. */
  lookBack(place: Place): void
  /** The visitor opened the chat: from now on there is a token. */
  keep(): void
  /** The panel was opened or closed: the proactive bubble gives way to it. */
  repaint(): void
  survey<Name extends SurveyRequest>(
    name: Name,
    input: VisitorInput<Name>,
  ): Promise<Result<VisitorAnswers[Name]>>
}

type SurveyRequest = 'survey:show' | 'survey:skip' | 'survey:answer' | 'survey:reply'
