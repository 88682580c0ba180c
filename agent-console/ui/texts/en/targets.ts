/** How much a conversation presses, and by when it has to be answered. */
export const targets = {
  priority: 'Priority',
  priorityLow: 'Low',
  priorityNormal: 'Normal',
  priorityHigh: 'High',
  priorityUrgent: 'Urgent',
  entryPrioritised: '{name} set the priority to {priority}',
  entryPrioritisedYou: 'You set the priority to {priority}',

  aimFirstResponse: 'First answer',
  aimResponse: 'Next answer',
  aimResolution: 'Solution',
  timeLeft: '{time} left',
  lateBy: 'late by {time}',
  dueAtTime: 'by {time}',
  entryOverdueFirst: 'The first answer was due at {time}',
  entryOverdueNext: 'The next answer was due at {time}',
  entryOverdueSolution: 'The solution was due at {time}',

  inboxOrder: 'Order',
  orderWaiting: 'Longest wait',
  orderRisk: 'Time at risk',

  nowLateOne: '{aim} is late: {name}',
  nowLate: { one: '{n} conversation is late', other: '{n} conversations are late' },
  openIt: 'Open',

  targets: 'Targets',
  targetsAbout:
    'How soon you mean to answer and to solve, in working time. What is said for a team counts before what is said for a priority, and both together before either.',
  targetsUsual: 'Where nothing is said, every answer has {time}.',
  targetTeam: 'Team',
  targetEveryTeam: 'Every team',
  targetEveryPriority: 'Every priority',
  targetWithin: '{aim} within',
  targetUnit: '{aim}: unit',
  addTarget: 'Add a target',
  removeTarget: 'Remove this target',
  targetOne: 'Target {n}',
  targetAimless: 'Say at least one time.',
  targetsNone: 'No targets yet. Add one, and you will be told when something is late.',
  useTarget: 'the targets of “{name}”',
  refusedTwice: 'There is a target for the same team and priority already.',

  breaches: 'Late, by team',
  noTeam: 'No team',
  meaningLate:
    'Share of the answers and resolutions that took longer than was aimed at, in the working time of the team that was to give them.',
  formulaLate:
    'those that took longer than the target of their team and priority ÷ those with a target that have ended, or are late already',
}
