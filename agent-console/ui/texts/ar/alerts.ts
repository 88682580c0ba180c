/** What calls an agent who looks elsewhere. */
export const alerts = {
  alerts: 'التنبيهات',
  alertsAbout: 'حين يكتب إليك أحد، أو يتأخر ما يخصّك. وما دمت غير متصل تبقى الصفحة صامتة.',
  alertSound: 'الصوت',
  alertDesktop: 'على سطح المكتب، حين لا تكون هذه الصفحة أمامك',
  alertDesktopRefused: 'هذا المتصفح لا يسمح بالإشعارات هنا. اسمح بها في إعداداته لهذه الصفحة.',
  alertDesktopNone: 'هذا المتصفح لا يستطيع عرض الإشعارات هنا.',
  newMessageOne: 'رسالة جديدة: {name}',
  newMessages: {
    zero: 'لا رسائل جديدة',
    one: 'رسائل جديدة في محادثة واحدة',
    two: 'رسائل جديدة في محادثتين',
    few: 'رسائل جديدة في {n} محادثات',
    many: 'رسائل جديدة في {n} محادثة',
    other: 'رسائل جديدة في {n} محادثة',
  },
}
