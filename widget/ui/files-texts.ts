import type { Locale } from '../../shared/locale.ts'

/** What is said of files; downloaded with them. */
export interface FileTexts {
  kilobytes: string
  megabytes: string
  toSend: string
  remove: string
  cancel: string
  download: string
  tooBig: string
  tooMany: string
  noRoom: string
  dayFull: string
  siteFull: string
  lost: string
  fleeting: string
  unreachable: string
}

export const fileTexts: Record<Locale, FileTexts> = {
  en: {
    kilobytes: '{number} KB',
    megabytes: '{number} MB',
    toSend: 'Files to send',
    remove: 'Remove {name}',
    cancel: 'Cancel sending',
    download: 'Download {name}',
    tooBig: '{name} is larger than {most}',
    tooMany: 'A message takes {most} files. Send {name} with the next one',
    noRoom: 'Too much is waiting to be sent already. Try {name} again later',
    dayFull: 'You have sent as many files as one day allows. Tomorrow there is room again',
    siteFull: 'No more files can be taken today. Tomorrow there is room again',
    lost: 'The file is no longer on this device. Please attach it again',
    fleeting: 'This browser stores nothing. Keep this page open until your files are sent',
    unreachable: '{name} could not be downloaded. Please try again',
  },
  ar: {
    kilobytes: '{number} كيلوبايت',
    megabytes: '{number} ميغابايت',
    toSend: 'ملفات للإرسال',
    remove: 'إزالة {name}',
    cancel: 'إلغاء الإرسال',
    download: 'تنزيل {name}',
    tooBig: 'حجم {name} أكبر من {most}',
    tooMany: 'تتسع الرسالة لعدد {most} من الملفات. أرسل {name} مع الرسالة التالية',
    noRoom: 'هناك ملفات كثيرة تنتظر الإرسال. جرّب {name} بعد قليل',
    dayFull: 'بلغت حدّ الملفات لهذا اليوم. يمكنك الإرسال من جديد غدًا',
    siteFull: 'تعذّر استلام ملفات أخرى اليوم. جرّب من جديد غدًا',
    lost: 'لم يعد الملف على هذا الجهاز. أرفقه مرة أخرى من فضلك',
    fleeting: 'لا يحفظ هذا المتصفح شيئًا. أبقِ هذه الصفحة مفتوحة حتى تُرسَل ملفاتك',
    unreachable: 'تعذّر تنزيل {name}. حاول مرة أخرى من فضلك',
  },
  fa: {
    kilobytes: '{number} کیلوبایت',
    megabytes: '{number} مگابایت',
    toSend: 'پرونده‌های آمادهٔ ارسال',
    remove: 'برداشتن {name}',
    cancel: 'لغو ارسال',
    download: 'دریافت {name}',
    tooBig: 'حجم {name} از {most} بیشتر است',
    tooMany: 'هر پیام {most} پرونده می‌پذیرد. {name} را با پیام بعدی بفرستید',
    noRoom: 'پرونده‌های زیادی در انتظار ارسال‌اند. کمی بعد دوباره {name} را پیوست کنید',
    dayFull: 'برای امروز دیگر نمی‌توانید پرونده بفرستید. از فردا دوباره می‌شود',
    siteFull: 'امروز دیگر نمی‌توانیم پرونده بگیریم. لطفاً فردا دوباره بفرستید',
    lost: 'این پرونده دیگر روی این دستگاه نیست. لطفاً دوباره پیوستش کنید',
    fleeting: 'این مرورگر چیزی نگه نمی‌دارد. تا فرستاده‌شدن پرونده‌ها این صفحه را باز نگه دارید',
    unreachable: '{name} دریافت نشد. لطفاً دوباره تلاش کنید',
  },
}
