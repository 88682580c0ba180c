import type { ConversationId, InviteId, SiteId, VisitorId } from '../ids.ts'
import type { GoalCount, ProactiveReport } from './proactive.ts'

/** What the report of a rule has figures of: who was shown its message, step by step, and who was held out. */
export const invitedFigures = [
  ...(['eligible', 'heldOut', 'heldOutOver', 'heldOutReached', 'heldOutOpen'] as const),
  ...(['shown', 'seen', 'opened', 'replied', 'over', 'reached', 'open'] as const),
] as const
export type InvitedFigure = (typeof invitedFigures)[number]

/** Whom one figure counts. `variant`: of one text only; null for the rule's own. */
export interface InvitedWanted {
  figure: InvitedFigure
  variant?: string | null
}

/** One visitor for whom the moment of a rule came, and when what followed. Times in ms. */
export interface Invited {
  id: InviteId
  siteId: SiteId
  /** Null for who is not remembered. */
  visitorId: VisitorId | null
  conversationId: ConversationId | null
  at: number
  heldOut: boolean
  variant: string | null
  seenAt: number | null
  openedAt: number | null
  repliedAt: number | null
  goalAt: number | null
  /** When the time of its goal is over; null for a rule without one. */
  dueAt: number | null
}

/** Only of who was shown it: a visitor who is held out has no text. */
export const isOfShown = (figure: InvitedFigure): boolean =>
  figure !== 'eligible' && !figure.startsWith('heldOut')

/** What the report says of it. */
export function invitedCount(report: ProactiveReport, { figure, variant }: InvitedWanted): number {
  const of = variant === undefined ? report : report.variants.find((one) => one.variant === variant)
  switch (figure) {
    case 'eligible':
      return report.eligible
    case 'heldOut':
      return report.heldOut.n
    case 'heldOutOver':
    case 'heldOutReached':
    case 'heldOutOpen':
      return ofGoal(report.heldOut.goal, figure)
    case 'over':
    case 'reached':
    case 'open':
      return of ? ofGoal(of.goal, figure) : 0
    default:
      return of?.[figure] ?? 0
  }
}

function ofGoal({ n, reached, open }: GoalCount, figure: InvitedFigure): number {
  if (figure.toLowerCase().endsWith('over')) return n
  return figure.toLowerCase().endsWith('reached') ? reached : open
}
