/** What stands behind a figure, one by one. */
export const cases = {
  casesTitle: 'پشت «{name}»',
  casesAbout: 'درست همان‌هایی که این عدد می‌شمارد. هر کدام به تکه‌هایش باز می‌شود: دست چه کسی بود، از کی تا کی.',
  casesShown: { one: '{shown} از {n}', other: '{shown} از {n}' },
  noCases: 'این عدد در این بازه چیزی نمی‌شمارد.',
  casesSuch: 'آن‌هایی که «{name}» به شمار می‌آیند',
  casesNotSuch: 'آن‌هایی که «{name}» به شمار نمی‌آیند',
  casesUnanswered: 'آن‌هایی که کسی پاسخشان نداد',
  casesAll: 'نمایش همه',
  caseNotSuch: 'نه: {name}',
  caseLate: 'دیر',
  caseUnanswered: 'کسی پاسخ نداد',
  caseMessages: { one: '{n} پیام', other: '{n} پیام' },
  caseWaiting: 'در انتظار',
  beforeWas: 'پیش‌تر: {before}',
  byTeamTitle: 'امتیاز هر تیم',
}
