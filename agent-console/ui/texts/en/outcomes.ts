/** What stands in the report of what messages did. */
export const outcomes = {
  outcomes: 'What your messages did',
  outcomesAbout: 'Beside them, for comparison, the visitors who were left without the message.',
  segmentOutcomes:
    'Of visitors who were in this segment when a message first reached them in these days, or when they were first held out of it.',
  noOutcomes: 'When a rule speaks to visitors, you see here what came of it.',
  removedRule: 'A rule that was removed',
  outcomeEligible: 'Its moment came',
  outcomeLeftOut: 'Held out',
  outcomeShown: 'Shown',
  outcomeSeen: 'Seen',
  outcomeOpened: 'Opened',
  outcomeReplied: 'Replied',
  outcomeGoal: 'Reached the goal',
  outcomeLift: 'Lift',
  outcomePoints: '{n} points',
  outcomeBetween: '{low} to {high} points with 95% certainty',
  outcomeMore: 'With the message the goal is reached more often.',
  outcomeLess: 'With the message the goal is reached less often.',
  outcomeEither: 'This may be chance: no difference at all is within the range.',
  outcomeWithoutGoal: 'No goal yet',
  outcomeNoGoal:
    'This rule has no goal, so there is nothing to compare. Give it one to see what its message is worth.',
  outcomeTooFew:
    'The lift is told once {least} visitors on each side have had their time. So far {shown} were shown the message and {held} were held out.',
  outcomeOpen: {
    one: '{n} visitor still has time to reach the goal, and counts once it is over.',
    other: '{n} visitors still have time to reach the goal, and count once it is over.',
  },
  outcomeVariants: 'Its texts side by side',
  outcomeText: 'Text',
  outcomeOwnText: 'The first text',
  outcomeShare: '{share} of {n}',
  outcomeGoalUrl: 'Goal: a visit to {what} within {time}',
  outcomeGoalEvent: 'Goal: {what} happens within {time}',
  outcomeGoalChat: 'Goal: a chat within {time}',
  outcomeGoalRating: 'Goal: a rating of {what} or better within {time}',
  meaningProactiveGoal:
    'Share of the visitors shown a message who reached its goal within its time. Counted are those whose time is over; the others are told apart as open. A visitor counts once, with the first time in the period.',
  formulaProactiveGoal:
    'visitors shown it who reached the goal in time ÷ visitors shown it whose time is over',
  meaningProactiveLift:
    'How much more often the goal was reached by who was shown the message than by who was held out.',
  formulaProactiveLift:
    'goal reached ÷ shown − goal reached ÷ held out, both of those whose time is over, with Newcombe’s 95 % interval; not said below 100 a side',
}
