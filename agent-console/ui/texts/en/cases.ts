/** What stands behind a figure, one by one. */
export const cases = {
  casesTitle: 'Behind “{name}”',
  casesAbout: 'Just what this figure counts. Each opens into its pieces: who had it, from when to when.',
  casesShown: { one: '{shown} of {n}', other: '{shown} of {n}' },
  noCases: 'This figure counts nothing in this period.',
  casesSuch: 'those that count as “{name}”',
  casesNotSuch: 'those that do not count as “{name}”',
  casesUnanswered: 'those nobody answered',
  casesAll: 'Show all of them',
  caseNotSuch: 'Not: {name}',
  caseLate: 'Too late',
  caseUnanswered: 'Nobody answered',
  caseMessages: { one: '{n} message', other: '{n} messages' },
  caseWaiting: 'Waiting',
  beforeWas: 'before: {before}',
  byTeamTitle: 'Rating by team',
}
