import type { AskKind, Author } from '../../shared/conversation/entry.ts'
import type { ConversationId, SiteId } from '../../shared/ids.ts'
import type { Locale } from '../../shared/locale.ts'
import type { Result } from '../../shared/result.ts'
import type { SurveyWords } from '../../shared/survey.ts'
import type { Appended } from '../history/history.ts'

/** What visitors are asked about their chats. */
export interface AskingVisitors {
  words(siteId: SiteId, locale: Locale, about?: AskKind): SurveyWords
  /** An agent asks once more. `except`: the socket that has the outcome in its acknowledgement. */
  askAgain(id: ConversationId, by: Author, origin: { except?: string }): Promise<Result<Appended>>
}
