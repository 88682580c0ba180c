import { times } from '../limits.ts'

/** What has been said to this visitor before. Times in ms. */
export interface ContactHistory {
  /** Proactive messages shown in this visit. */
  shownThisVisit: number
  lastShownAt: number | null
  /** When they last dismissed a proactive message or chatted. */
  quietSince: number | null
  /** A conversation is open now. */
  inConversation: boolean
}

export type Hold = 'inConversation' | 'onceASession' | 'tooSoon' | 'quiet'

/** Why this visitor must not be addressed now, or null when they may be. */
export function holdBack(history: ContactHistory, now: number): Hold | null {
  if (history.inConversation) return 'inConversation'
  if (history.quietSince !== null && now - history.quietSince < times.proactiveQuiet) return 'quiet'
  if (history.lastShownAt !== null && now - history.lastShownAt < times.proactiveSpacing) return 'tooSoon'
  if (history.shownThisVisit >= 1) return 'onceASession'
  return null
}
