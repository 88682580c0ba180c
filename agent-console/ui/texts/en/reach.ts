/** How far a report goes: with which days it is compared, and what does not narrow it. */
export const reach = {
  comparedWith: 'Compared with {days}.',
  comparedSoFar: 'Compared with {days}, up to {time}: the days you look at are not over yet.',
  proactiveNotApplied: 'Not applied here, since it is not known of who was shown a message: {what}.',
  followUpsNotTold: 'Follow-ups are left out, since they cannot be narrowed by: {what}.',
}
