import type { DefinedMeasure } from '../../shared/metrics/all-definitions.ts'
import type { Term } from '../../shared/metrics/terms.ts'
import type { TextKey } from '../ui/words.ts'

/**
 * What each measure means, in the agent's language; `shared/metrics/all-definitions` has the English
 * original, and a test holds the two together.
 */
export type Explained = DefinedMeasure
export type { Term }

export const explanations: Record<Explained, { meaning: TextKey; formula: TextKey }> = {
  'firstResponse.customer': { meaning: 'meaningFirst', formula: 'formulaFirst' },
  'firstResponse.human': { meaning: 'meaningHuman', formula: 'formulaHuman' },
  'firstResponse.agent': { meaning: 'meaningAgent', formula: 'formulaAgent' },
  'resolution.first': { meaning: 'meaningResolutionFirst', formula: 'formulaResolutionFirst' },
  'resolution.last': { meaning: 'meaningResolutionLast', formula: 'formulaResolutionLast' },
  'resolution.episode': { meaning: 'meaningResolutionEpisode', formula: 'formulaResolutionEpisode' },
  response: { meaning: 'meaningResponse', formula: 'formulaResponse' },
  wait: { meaning: 'meaningWait', formula: 'formulaWait' },
  handle: { meaning: 'meaningHandle', formula: 'formulaHandle' },
  abandoned: { meaning: 'meaningAbandoned', formula: 'formulaAbandoned' },
  missed: { meaning: 'meaningMissed', formula: 'formulaMissed' },
  promiseKept: { meaning: 'meaningPromise', formula: 'formulaPromise' },
  late: { meaning: 'meaningLate', formula: 'formulaLate' },
  csat: { meaning: 'meaningCsat', formula: 'formulaCsat' },
  nps: { meaning: 'meaningNps', formula: 'formulaNps' },
  ces: { meaning: 'meaningCes', formula: 'formulaCes' },
  goal: { meaning: 'meaningGoal', formula: 'formulaGoal' },
  emotion: { meaning: 'meaningEmotion', formula: 'formulaEmotion' },
  'csat.byFirstResponse': { meaning: 'meaningBySpeed', formula: 'formulaBySpeed' },
  'followUp.inTime': { meaning: 'meaningInTime', formula: 'formulaInTime' },
  'journey.dropOff': { meaning: 'meaningDropOff', formula: 'formulaDropOff' },
  'journey.timeOnPage': { meaning: 'meaningTimeOnPage', formula: 'formulaTimeOnPage' },
  'journey.exit': { meaning: 'meaningExit', formula: 'formulaExit' },
  'journey.pagesBeforeChat': { meaning: 'meaningPagesBeforeChat', formula: 'formulaPagesBeforeChat' },
  'journey.returned': { meaning: 'meaningReturned', formula: 'formulaReturned' },
  'journey.churned': { meaning: 'meaningChurned', formula: 'formulaChurned' },
  'proactive.goal': { meaning: 'meaningProactiveGoal', formula: 'formulaProactiveGoal' },
  'proactive.lift': { meaning: 'meaningProactiveLift', formula: 'formulaProactiveLift' },
}

/** The same of counts and columns, which stand in one sentence. */
export const terms: Record<Term, TextKey> = {
  conversations: 'termConversations',
  episodes: 'termEpisodes',
  visitorMessages: 'termVisitorMessages',
  agentMessages: 'termAgentMessages',
  proactive: 'termProactive',
  counted: 'termCounted',
  median: 'termMedian',
  p90: 'termP90',
  mean: 'termMean',
  meanRating: 'termMeanRating',
  longest: 'termLongest',
  inTarget: 'termInTarget',
  firstWaits: 'termFirstWaits',
  agentWaits: 'termAgentWaits',
  ownWaits: 'termOwnWaits',
  agentClosed: 'termAgentClosed',
  shown: 'termShown',
  skipped: 'termSkipped',
  closed: 'termClosed',
  unasked: 'termUnasked',
  responseRate: 'termResponseRate',
  coverage: 'termCoverage',
  promoters: 'termPromoters',
  detractors: 'termDetractors',
  waiting: 'termWaiting',
  waitingMost: 'termWaitingMost',
  online: 'termOnline',
  visitors: 'termVisitors',
  visits: 'termVisits',
  pageViews: 'termPageViews',
  chatted: 'termChatted',
  eligible: 'termEligible',
  heldOut: 'termHeldOut',
  invited: 'termInvited',
  seen: 'termSeen',
  opened: 'termOpened',
  replied: 'termReplied',
  followedUp: 'termFollowedUp',
  followUpsDone: 'termFollowUpsDone',
  followUpsOverdue: 'termFollowUpsOverdue',
}
