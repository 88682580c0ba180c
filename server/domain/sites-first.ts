import * as v from 'valibot'
import { SiteKey } from '../../shared/ids.ts'
import type { SiteDraft } from '../../shared/workspace.ts'

/** The key the demo shop's pages carry in their script tag. */
export const firstSiteKey = v.parse(SiteKey, 'demo')

/** What a new installation begins with: the demo shop, served by this server. */
export const firstSite = (origin: string): SiteDraft => ({
  name: 'Lajvard',
  origins: [origin],
  locale: 'en',
  accent: '#0f766e',
  side: 'end',
  greeting: {
    en: 'Welcome. What can we help you find?',
    ar: 'أهلاً وسهلاً. كيف يمكننا مساعدتك؟',
    fa: 'خوش آمدید. چه کمکی از ما برمی‌آید؟',
  },
  replyTime: {
    en: 'We usually reply within a few minutes',
    ar: 'نردّ عادةً خلال دقائق',
    fa: 'معمولاً ظرف چند دقیقه پاسخ می‌دهیم',
  },
})
