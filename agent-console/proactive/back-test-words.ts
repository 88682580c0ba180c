import type { FactName } from '../../shared/triggers/facts.ts'
import type { Assumption, Outcome } from '../../shared/triggers/past/back-test.ts'
import type { TextKey, Words } from '../ui/words.ts'

export const outcomeTexts: Record<Outcome, TextKey> = {
  reached: 'outcomeReached',
  heldOut: 'outcomeHeldOut',
  lost: 'outcomeLost',
  undecided: 'outcomeUndecided',
  heldBack: 'outcomeHeldBack',
  untouched: 'outcomeUntouched',
}

export const assumptionTexts: Record<Assumption, TextKey> = {
  consentOnly: 'assumesConsentOnly',
  nobodyReplies: 'assumesNobodyReplies',
  freshStart: 'assumesFreshStart',
  lastPage: 'assumesLastPage',
  knownToday: 'assumesKnownToday',
  somebodyThere: 'assumesSomebodyThere',
  nobodyThere: 'assumesNobodyThere',
  agentsThere: 'assumesAgentsThere',
  queueThen: 'assumesQueueThen',
}

/** Those that may be missing from what was recorded. */
const factTexts: Partial<Record<FactName, TextKey>> = {
  exitIntent: 'factExitIntent',
  click: 'factClick',
  elementSeen: 'factElementSeen',
  idle: 'factIdle',
  widgetOpened: 'factWidgetOpened',
  secondsOnPage: 'factSecondsOnPage',
  secondsOnSite: 'factSecondsOnPage',
  scroll: 'factScrollDepth',
  somebodyCanAnswer: 'factSomebody',
  agentsOnline: 'factAgents',
  teamsOnline: 'factTeams',
  queue: 'factQueue',
  segments: 'factSegments',
  leadScore: 'factScore',
  country: 'factCountryThen',
  language: 'factLanguageThen',
  device: 'factDeviceThen',
  attributes: 'factPerson',
  tags: 'factPerson',
  visits: 'factPerson',
  returning: 'factPerson',
  lastSeenAt: 'factLastSeen',
}

export const sayFact = (words: Words, fact: FactName): string => words.t(factTexts[fact] ?? 'factOther')

export const sayFacts = (words: Words, facts: readonly FactName[]): string =>
  new Intl.ListFormat(words.tag, { type: 'conjunction' }).format(
    new Set(facts.map((fact) => sayFact(words, fact))),
  )

/** The hour of the day in which so many hours have passed. */
export const hourName = (words: Words, hour: number): string =>
  new Intl.DateTimeFormat(words.tag, { hour: 'numeric', timeZone: 'UTC' }).format(hour * 3_600_000)

/** A Monday, in UTC. */
const monday = Date.UTC(2024, 0, 1)

export const weekdayName = (words: Words, index: number): string =>
  new Intl.DateTimeFormat(words.tag, { weekday: 'short', timeZone: 'UTC' }).format(
    monday + index * 86_400_000,
  )
