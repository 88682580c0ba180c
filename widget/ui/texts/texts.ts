/** Words for a number: `Intl.PluralRules` says which; `#` stands for the number itself. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

/** Everything the widget says. `{name}` and the like are filled in once, as text. */
export interface Texts {
  openChatUnread: Plural
  closeChat: string
  conversation: string
  message: string
  messagePlaceholder: string
  send: string
  attach: string
  reply: string
  dismiss: string
  /** Who a proactive message comes from, for those who hear the page. */
  messageFrom: string
  back: string
  greeting: string
  /** When somebody is there again: the first `#` is a day, such as tomorrow, the second a time. */
  backAt: string
  leaveMessage: string
  pastConversations: string
  closedConversation: string
  connecting: string
  reconnecting: string
  offline: string
  kept: string
  waiting: Plural
  online: string
  outdated: string
  refused: string
  queued: string
  sending: string
  sent: string
  delivered: string
  seen: string
  notSent: string
  retry: string
  remove: string
  tooLong: Plural
  typing: string
  typingMany: Plural
  joined: string
  left: string
  agentClosed: string
  visitorClosed: string
  inactiveClosed: string
  reopened: string
  endChat: string
  endQuestion: string
  endConfirm: string
  endCancel: string
  ratings: readonly [string, string, string, string, string]
  skip: string
  thanks: string
  writeAgain: string
}
