import type { ReportList } from '../state/report-lists.ts'
import { followUpFigureOf, invitedFigureOf } from '../state/report-lists.ts'
import { FollowUpsBehind } from './follow-ups-behind.tsx'
import { InvitedBehind } from './invited-behind.tsx'

/** What stands behind a figure that is not made of waits, episodes or ratings. */
export function Listing({ list }: { list: ReportList }) {
  const followUps = followUpFigureOf(list)
  if (followUps) return <FollowUpsBehind figure={followUps} />
  const invited = invitedFigureOf(list)
  return invited ? <InvitedBehind figure={invited} /> : null
}
