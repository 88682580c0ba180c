import { type FollowUpFigure, followUpFigures } from '../../shared/metrics/follow-ups.ts'
import { type InvitedFigure, invitedFigures } from '../../shared/metrics/invited.ts'

/** What stands behind a figure that is not made of waits, episodes or ratings. */
export type ReportList = `followUps.${FollowUpFigure}` | `invited.${InvitedFigure}`

export const reportLists: readonly ReportList[] = [
  ...followUpFigures.map((figure) => `followUps.${figure}` as const),
  ...invitedFigures.map((figure) => `invited.${figure}` as const),
]

export const followUpFigureOf = (list: ReportList): FollowUpFigure | undefined =>
  followUpFigures.find((figure) => list === `followUps.${figure}`)

export const invitedFigureOf = (list: ReportList): InvitedFigure | undefined =>
  invitedFigures.find((figure) => list === `invited.${figure}`)
