import type { ConversationFacts } from '../../../shared/conversation/facts.ts'
import type { SiteId } from '../../../shared/ids.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { SegmentDraft } from '../../../shared/triggers/stored-sorting.ts'
import type { Chance } from './chance.ts'

type Name = 'back' | 'around'

/** Two kinds of guests a shop would tell apart. */
export const demoSegments = (siteId: SiteId): Record<Name, SegmentDraft> => ({
  back: { siteId, name: 'Guests who come back', when: [{ kind: 'visits', atLeast: 2 }] },
  around: { siteId, name: 'Looked around first', when: [{ kind: 'pageViews', atLeast: 3 }] },
})

/** Who began a conversation, before the segments have their ids. */
export interface PlannedFacts extends Omit<ConversationFacts, 'segments'> {
  segments: Name[]
}

const languages: Record<Locale, readonly [string, ...string[]]> = {
  en: ['en-GB', 'en-US', 'en'],
  ar: ['ar-SA', 'ar-AE', 'ar'],
  fa: ['fa-IR', 'fa'],
}

export function factsOf(chance: Chance, locale: Locale, views: readonly { url: string }[]): PlannedFacts {
  const back = chance.happens(0.35) ? (['back'] as const) : []
  const around = views.length >= 3 ? (['around'] as const) : []
  return {
    segments: [...back, ...around],
    ...{ language: chance.pick(languages[locale]), page: views.at(-1)?.url ?? null, proactive: false },
    device: chance.happens(0.55) ? 'phone' : 'desktop',
  }
}
