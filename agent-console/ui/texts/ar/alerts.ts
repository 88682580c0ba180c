/** What calls an agent who looks elsewhere. */
export const alerts = {
  alerts: 'التنبيهات',
  alertsAbout: 'حين يكتب إليكم أحد، أو يتأخر ما يخصّكم. وما دمتم غير متصلين تبقى الصفحة صامتة.',
  alertSound: 'الصوت',
  alertDesktop: 'على سطح المكتب، حين لا تكون هذه الصفحة أمامكم',
  alertDesktopRefused: 'هذا المتصفح لا يسمح بالإشعارات هنا. اسمحوا بها في إعداداته لهذه الصفحة.',
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
