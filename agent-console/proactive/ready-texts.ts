import type { LocalText } from '../../shared/locale.ts'

/** What the ready-made rules say until somebody finds better words. */
export const readyTexts = {
  welcome: {
    en: 'Welcome. If you are looking for something, just ask. There are people here.',
    ar: 'أهلاً بك. إن كنت تبحث عن شيء فاسأل، فهنا من يجيبك.',
    fa: 'خوش آمدید. اگر دنبال چیزی هستید بپرسید، این‌جا آدم‌ها جواب می‌دهند.',
  },
  prices: {
    en: 'Not sure which one fits? Tell me what you need and I will say honestly which is enough.',
    ar: 'لست متأكّداً أيّها يناسبك؟ قل لي ما تحتاج وسأخبرك بصدق أيّها يكفيك.',
    fa: 'مطمئن نیستید کدام به کارتان می‌آید؟ بگویید چه می‌خواهید تا صادقانه بگویم کدام بس است.',
  },
  cart: {
    en: '{{visitor.name|Hello}}, your cart is still as you left it. Is there a question I can answer?',
    ar: '{{visitor.name|مرحباً}}، سلّتك كما تركتها. هل لديك سؤال أجيب عنه؟',
    fa: '{{visitor.name|سلام}}، سبدتان همان‌طور که گذاشتید مانده. پرسشی هست که جوابش را بدهم؟',
  },
  form: {
    en: 'Is one of the questions unclear? We can go through it together.',
    ar: 'هل أحد الأسئلة غير واضح؟ يمكننا أن نكمله معاً.',
    fa: 'یکی از پرسش‌ها روشن نیست؟ می‌توانیم با هم پُرش کنیم.',
  },
  feature: {
    en: 'Did you know that reports can come by themselves every Monday? I can show you in a minute.',
    ar: 'هل تعلم أن التقارير يمكن أن تصلك وحدها كلّ اثنين؟ أريك ذلك في دقيقة.',
    fa: 'می‌دانستید گزارش‌ها می‌توانند هر دوشنبه خودشان برسند؟ یک‌دقیقه‌ای نشانتان می‌دهم.',
  },
  outage: {
    en: 'Orders are slow at the moment. We are on it, and nothing you send is lost.',
    ar: 'الطلبات بطيئة الآن. نعمل على إصلاح ذلك، ولا يضيع شيء ممّا ترسله.',
    fa: 'سفارش‌ها فعلاً کُند ثبت می‌شوند. داریم درستش می‌کنیم و چیزی از آنچه می‌فرستید گم نمی‌شود.',
  },
  undecided: {
    en: 'Good to see you again, {{visitor.name|friend}}. What would help you decide?',
    ar: 'سعيدون برؤيتك من جديد يا {{visitor.name|صديقنا}}. ما الذي يساعدك على القرار؟',
    fa: 'خوشحالیم دوباره می‌بینیمتان، {{visitor.name|دوست عزیز}}. چه چیزی به تصمیمتان کمک می‌کند؟',
  },
  checkout: {
    en: 'Before you go: is something in the way of your order? Often it takes one answer.',
    ar: 'قبل أن تذهب: هل يعيق طلبك شيء؟ كثيراً ما يكفي جواب واحد.',
    fa: 'پیش از رفتن: چیزی جلوی سفارشتان را گرفته؟ بیشتر وقت‌ها یک جواب بس است.',
  },
  searching: {
    en: 'You have looked at quite a lot. Tell me what you are after and I will find it for you.',
    ar: 'تصفّحت الكثير. قل لي عمّ تبحث وسأجده لك.',
    fa: 'صفحه‌های زیادی دیده‌اید. بگویید دنبال چه هستید تا برایتان پیدا کنم.',
  },
  thanks: {
    en: 'Thank you for your order. How easy was it?',
    ar: 'شكراً لطلبك. كم كان سهلاً؟',
    fa: 'از سفارشتان ممنونیم. چقدر آسان بود؟',
  },
} as const satisfies Record<string, LocalText>

export type ReadyId = keyof typeof readyTexts

export const answers = {
  showMe: { en: 'Show me', ar: 'أرني', fa: 'نشانم بده' },
  question: { en: 'I have a question', ar: 'لديّ سؤال', fa: 'پرسشی دارم' },
} as const satisfies Record<string, LocalText>
