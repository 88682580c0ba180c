import type { Rating } from '../../../shared/conversation/entry.ts'
import type { Locale } from '../../../shared/locale.ts'

/** Lines in turn, the visitor's first; `v:` and `a:` say whose they are. `{ware}` is what they look at. */
export type Dialogue = readonly [string, ...string[]]

export const dialogues: Record<Locale, readonly [Dialogue, ...Dialogue[]]> = {
  en: [
    [
      'v:Hi, is the {ware} safe for the dishwasher?',
      'a:Hello. Yes, it is, on a gentle programme.',
      'v:And the microwave?',
      'a:That too, as long as it warms up slowly.',
      'v:Lovely, thank you',
    ],
    [
      'v:My parcel was meant to come on Monday',
      'v:Order 20418',
      'a:I am sorry about that. Let me look.',
      'a:It is at your local depot and goes out this morning. You will get a text an hour before.',
      'v:Great, that helps',
    ],
    [
      'v:The {ware} arrived with a chip in the rim',
      'a:Oh no. Could you send us a photograph? We make you another.',
      'v:Just did',
      'a:Got it. A new one leaves us on Thursday, and there is nothing to send back.',
      'v:That is very kind',
    ],
    [
      'v:Do you ship to Norway?',
      'a:We do. Five to seven days, and duties are shown before you pay.',
      'v:Perfect',
    ],
    [
      'v:Could I have the {ware} in a deeper blue?',
      'a:For eight pieces or more, yes. For one, our closest is the cobalt glaze.',
      'v:I only need one',
      'a:Then I would take the cobalt. It is darker in person than on a screen.',
      'v:Good to know, I will think about it',
    ],
    [
      'v:Is there a place left in the Saturday workshop?',
      'a:Two, in fact. Shall I hold one for you until tonight?',
      'v:Yes please, for Emma',
      'a:Done. You can pay when you come.',
      'v:See you on Saturday',
    ],
    [
      'v:How big is the {ware} really?',
      'a:About as wide as a hand with the fingers spread. Measures are under the picture.',
      'v:ah I see it now',
    ],
    [
      'v:Can I change the address of an order?',
      'a:If it has not left yet. What is the number?',
      'v:20533',
      'a:Just in time, I changed it.',
      'v:You are quick',
    ],
  ],
  ar: [
    [
      'v:السلام عليكم، هل {ware} متوفر؟',
      'a:وعليكم السلام. نعم، بقيت أربع قطع.',
      'v:وكم يستغرق التوصيل إلى الرياض؟',
      'a:من ثلاثة إلى خمسة أيام.',
      'v:ممتاز، شكراً لك',
    ],
    [
      'v:طلبي لم يصل حتى الآن',
      'v:رقمه ٢٠٤١٨',
      'a:نعتذر عن التأخير، سأتحقق حالاً.',
      'a:هو الآن عند شركة الشحن في مدينتك، ويصلك غداً قبل الظهر.',
      'v:جزاك الله خيراً',
    ],
    [
      'v:وصل {ware} وفيه كسر صغير',
      'a:يؤسفنا ذلك. هل ترسل لنا صورة؟ سنصنع لك غيره.',
      'v:أرسلتها',
      'a:وصلت. نرسل لك قطعة جديدة يوم الخميس ولا حاجة إلى إعادة هذه.',
      'v:هذا لطف منكم',
    ],
    ['v:هل يمكن استعمال {ware} في المايكروويف؟', 'a:نعم، على أن يسخن بالتدريج.', 'v:شكراً'],
    [
      'v:أريد هدية لأمي ولا أعرف ماذا أختار',
      'a:بكل سرور. هل تحب الشاي أم الورد؟',
      'v:الشاي بالتأكيد',
      'a:إذن طقم القافلة. نغلّفه هدية مع بطاقة بخط اليد.',
      'v:فكرة جميلة، سأطلبه',
    ],
    ['v:هل تقبلون الدفع عند الاستلام؟', 'a:في السعودية والإمارات نعم.', 'v:تمام'],
  ],
  fa: [
    [
      'v:سلام، {ware} موجود است؟',
      'a:سلام، بله، سه‌تا مانده.',
      'v:تا مشهد چند روز طول می‌کشد؟',
      'a:سه تا پنج روز. همین که بفرستیم، نشانی پیگیری برایتان می‌آید.',
      'v:خیلی ممنون',
    ],
    [
      'v:سفارشم هنوز نرسیده',
      'v:شماره‌اش ۲۰۴۱۸',
      'a:ببخشید که معطل شدید. الان نگاه می‌کنم.',
      'a:دست پست شهر شماست و فردا پیش از ظهر می‌رسد.',
      'v:دستتان درد نکند',
    ],
    [
      'v:{ware} که رسید لبش پریده بود',
      'a:ای وای. یک عکس برایمان می‌فرستید؟ یکی دیگر برایتان می‌سازیم.',
      'v:فرستادم',
      'a:رسید. پنج‌شنبه راه می‌افتد و لازم نیست این را پس بدهید.',
      'v:لطف کردید',
    ],
    ['v:این ظرف‌ها توی ماکروفر می‌رود؟', 'a:بله، فقط آرام گرم شود.', 'v:عالی'],
    [
      'v:برای چهار شنبه جا دارید؟',
      'a:برای ماه بعد دو جا مانده. یکی برایتان نگه دارم؟',
      'v:بله، به نام نگار',
      'a:نگه داشتم. تا فردا شب فرصت دارید.',
      'v:ممنون، می‌آیم',
    ],
    [
      'v:رنگ {ware} از نزدیک هم همین است؟',
      'a:کمی تیره‌تر. عکس را در نور صبح گرفته‌ایم.',
      'v:پس همین را می‌خواهم',
      'a:مبارکتان باشد.',
      'v:سلامت باشید',
    ],
    [
      'v:می‌شود نشانی سفارش را عوض کنم؟',
      'a:اگر نرفته باشد بله. شماره‌اش چند است؟',
      'v:۲۰۵۳۳',
      'a:به‌موقع گفتید، عوض شد.',
      'v:چه سریع',
    ],
  ],
}

/** What people add to a rating: the unhappy, the undecided, the happy. */
export const comments: Record<Locale, Record<'low' | 'middle' | 'high', readonly [string, ...string[]]>> = {
  en: {
    low: ['I waited far too long', 'Nobody came back to me', 'Had to ask twice'],
    middle: ['Fine, a little slow', 'Got there in the end'],
    high: ['Quick and kind', 'Felt like talking to the potter', 'Exactly what I needed', 'Thank you Sara'],
  },
  ar: {
    low: ['انتظرت طويلاً', 'لم يردّ أحد في البداية'],
    middle: ['جيد لكن بطيء قليلاً', 'وصلنا إلى حل'],
    high: ['سرعة ولطف', 'خدمة راقية', 'شكراً على الاهتمام'],
  },
  fa: {
    low: ['خیلی معطل شدم', 'دیر جواب دادند'],
    middle: ['خوب بود، کمی کند', 'آخرش درست شد'],
    high: ['سریع و مهربان', 'انگار با خود کوزه‌گر حرف زدم', 'همان که می‌خواستم', 'ممنون از حوصله‌تان'],
  },
}

export const commentsFor = (rating: Rating): 'low' | 'middle' | 'high' =>
  rating <= 2 ? 'low' : rating === 3 ? 'middle' : 'high'

/** The host has the last word, most of the time. */
export const farewells: Record<Locale, readonly [string, ...string[]]> = {
  en: ['You are welcome.', 'With pleasure. Enjoy it.', 'Any time.'],
  ar: ['على الرحب والسعة.', 'أهلاً بك دائماً.', 'بكل سرور.'],
  fa: ['خواهش می‌کنم.', 'همیشه در خدمتیم.', 'با کمال میل.'],
}
