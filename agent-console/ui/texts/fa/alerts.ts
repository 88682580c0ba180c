/** What calls an agent who looks elsewhere. */
export const alerts = {
  alerts: 'هشدارها',
  alertsAbout: 'وقتی کسی می‌نویسد یا کاری که با شماست دیر می‌شود. تا وقتی آفلاین باشید صفحه بی‌صدا می‌ماند.',
  alertSound: 'صدا',
  alertDesktop: 'اعلان روی دسکتاپ، وقتی این صفحه جلوی چشم نیست',
  alertDesktopRefused: 'این مرورگر این‌جا اجازهٔ اعلان نمی‌دهد. در تنظیمات آن برای این صفحه اجازه دهید.',
  alertDesktopNone: 'این مرورگر نمی‌تواند این‌جا اعلان نشان دهد.',
  newMessageOne: 'پیام تازه: {name}',
  newMessages: { one: '{n} گفتگو پیام تازه دارد', other: '{n} گفتگو پیام تازه دارند' },
}
