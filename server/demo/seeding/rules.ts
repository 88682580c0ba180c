import type { SiteId } from '../../../shared/ids.ts'
import type { RuleDraft } from '../../../shared/triggers/rule.ts'

/** Three rules of a shop that greets its guests. */
export const demoRules = (siteId: SiteId): RuleDraft[] => [
  {
    ...{ siteId, name: 'Hesitating over the workshops', enabled: true, priority: 20 },
    when: [
      { kind: 'url', glob: '*/pricing*' },
      { kind: 'secondsOnPage', atLeast: 20 },
      { kind: 'somebodyCanAnswer' },
    ],
    say: {
      en: 'Not sure which afternoon suits you? Ask me, I am at the wheel anyway.',
      ar: 'محتار أيّ ورشة تناسبك؟ اسألني، فأنا هنا.',
      fa: 'مطمئن نیستید کدام کارگاه به دردتان می‌خورد؟ از من بپرسید، همین‌جا هستم.',
    },
  },
  {
    ...{ siteId, name: 'Looking closely at one piece', enabled: true, priority: 10 },
    when: [
      { kind: 'url', glob: '*/products/*' },
      { kind: 'secondsOnPage', atLeast: 45 },
      { kind: 'somebodyCanAnswer' },
    ],
    say: {
      en: 'Would you like to see this piece in daylight? I can send you a photograph.',
      ar: 'هل تودّ رؤية هذه القطعة في ضوء النهار؟ أستطيع أن أرسل لك صورة.',
      fa: 'دوست دارید این کار را در نور روز ببینید؟ می‌توانم برایتان عکس بفرستم.',
    },
  },
  {
    ...{ siteId, name: 'Wandering through the collection', enabled: false, priority: 5 },
    when: [{ kind: 'pageViews', atLeast: 6 }, { kind: 'somebodyCanAnswer' }],
    say: {
      en: 'Looking for something in particular? Tell me, and I will look on the shelves.',
      ar: 'هل تبحث عن شيء معيّن؟ أخبرني وسأبحث بين الرفوف.',
      fa: 'دنبال چیز خاصی هستید؟ بگویید تا توی قفسه‌ها بگردم.',
    },
  },
]
