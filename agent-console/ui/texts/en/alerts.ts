/** What calls an agent who looks elsewhere. */
export const alerts = {
  alerts: 'Alerts',
  alertsAbout:
    'When somebody writes, or something becomes late that is for you. While you are offline the page stays quiet.',
  alertSound: 'Sound',
  alertDesktop: 'On the desktop, while this page is out of sight',
  alertDesktopRefused:
    'This browser does not allow notifications here. Allow them in its settings for this page.',
  alertDesktopNone: 'This browser cannot show notifications here.',
  newMessageOne: 'New message: {name}',
  newMessages: { one: '{n} conversation has new messages', other: '{n} conversations have new messages' },
}
