export { characters } from './text/characters.ts'

/** Every number that both ends must agree on. Times are in ms unless the name says otherwise. */

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
export const day = 24 * hour

export const limits = {
  /** Counted as code points, so that an emoji is one character on every side. */
  messageCharacters: 5_000,
  commentCharacters: 2_000,
  /** Why something was done, in a few words. */
  reasonCharacters: 200,
  localeCharacters: 35,
  nameCharacters: 120,
  emailCharacters: 254,
  urlCharacters: 2_048,
  titleCharacters: 300,
  attributeCount: 50,
  attributeCharacters: 500,

  /** Of one file, of all a visitor uploads in a day, and of all that is uploaded to a site in a day. */
  fileBytes: 20 * 1024 * 1024,
  fileBytesOfVisitorDay: 200 * 1024 * 1024,
  fileBytesOfSiteDay: 4 * 1024 * 1024 * 1024,
  /** Files a visitor uploads in a day: many empty ones weigh nothing and fill a disk all the same. */
  filesOfVisitorDay: 200,
  filesPerMessage: 10,
  fileNameCharacters: 120,
  /** Files that wait in one browser to be sent, in bytes. */
  fileBytesWaiting: 100 * 1024 * 1024,

  /** Largest frame on the wire and largest JSON body, in bytes. */
  frameBytes: 64 * 1024,

  /** Entries sent in one answer; the other end asks again for the rest. */
  entriesPerAnswer: 200,
  /** Bytes of JSON that a list in one answer or frame comes to, about: one item goes however large it is. */
  answerBytes: 256 * 1024,
  /** Messages in the one request a page may make as it is being left. */
  messagesLeft: 20,
  /** Entries of each conversation in a snapshot. */
  entriesInSnapshot: 50,
  conversationsInSnapshot: 200,
  /** Past conversations a visitor is shown. */
  conversationsOfVisitor: 20,
  /** Page views of a live visit kept in memory. */
  trailLength: 50,
  /** Names of events of a live visit kept in memory, and those of them in the list of who is there. */
  eventNames: 50,
  eventsInRoster: 5,
  /** Of one event that a page tells. */
  propertyCount: 20,
  propertyCharacters: 200,
  /** Of one visitor, and those in the list of who is there. */
  tagCount: 30,
  tagsInRoster: 10,
  attributesInRoster: 10,
  segmentsInRoster: 20,
  reasonsInRoster: 5,
  /** People in the part of the list that a console has on its screen, and pages counted beside it. */
  rosterWindow: 100,
  pagesInWindow: 30,

  /** The latest comments beside ratings. */
  commentsInReport: 50,

  rulesPerSite: 500,
  /** Of the rules of all sites together: they are written, read and made ready as a whole. */
  rulesBytes: 2 * 1024 * 1024,
  segmentsPerSite: 100,
  /** Teams, and calendars. */
  namedPerList: 100,
  /** Of one calendar. A holiday may last so many days. */
  shiftsPerWeek: 20,
  holidaysPerCalendar: 200,
  exceptionsPerCalendar: 50,
  holidayDays: 60,
  /** First replies of so many days say how long one takes. */
  promiseDays: 7,
  /** For response and resolution, of all teams and priorities. */
  targets: 200,
  /** Earlier versions kept of one rule, and the bytes of all of them in the settings, which are written as a whole. */
  versionsPerRule: 30,
  ruleVersionsBytes: 512 * 1024,
  conditionsPerRule: 20,
  /** Groups within groups. */
  groupDepth: 4,
  globCharacters: 500,
  selectorCharacters: 200,
  variantsPerRule: 8,
  /** Of what a rule shows. */
  buttonsPerRule: 4,
  fieldsPerForm: 5,
  optionsPerField: 8,
  labelCharacters: 80,
  answerCharacters: 500,
  /** What a lead score is made of. */
  scoreParts: 50,
  /** Times an event must have happened at most, and so many of a visit are kept with what was told of them. */
  eventTimes: 100,
} as const

export const times = {
  /** A message after a close reopens the conversation within this time; later it starts a new one. */
  reopenWithin: 24 * hour,
  /** One person is asked for a rating at most once in this time. */
  surveyLock: 24 * hour,
  /** Between two questions how likely a person is to recommend the house. */
  npsApart: 90 * day,
  /** What was asked can be answered for this long. */
  surveyOpen: 30 * day,
  /** A rating can be changed for this long. */
  ratingChangeable: 24 * hour,
  /** After a dismissal or a chat no proactive message for this long. */
  proactiveQuiet: 24 * hour,
  /** Between two proactive messages to one visitor. */
  proactiveSpacing: 30 * second,
  /** A visitor without socket or page view is gone after this. */
  visitorGoneDesktop: 60 * second,
  visitorGonePhone: 240 * second,
  /** No input for this long makes a visitor idle. */
  visitorIdle: 5 * minute,
  agentOffline: 60 * second,
  /** The title of a single-page application is right this long after its URL changed. */
  pageViewSettles: 100,
  /** Nobody has touched the page for so long: its time does not count. */
  engagementEnds: 30 * second,
  /** How a page is used is told again at most this often. */
  readingEvery: 15 * second,
  /** A typing notice lapses when it was not renewed. */
  typingExpires: 6 * second,
  typingRenews: 3 * second,
  /** Frames of roster and inbox digests to one console are at least this far apart. */
  digestEvery: 500,
  retryFirst: 1 * second,
  retryMost: 30 * second,
  /** A message that could not be delivered for this long is shown as not sent. */
  giveUpShowing: 24 * hour,
  /** An uploaded file that no message carries by then is removed. */
  fileUnused: day,
  /** An upload that brings nothing for this long is cut. */
  uploadSilent: 30 * second,
  agentSession: 14 * day,
  /** A visitor who left and is not back within this is gone for good: what they waited for ended when they left. */
  visitorGoneForGood: 5 * minute,
  /** Longer waits for the visitor, and for the agent, are no work on a conversation. */
  handleVisitorMost: 4 * minute,
  handleAgentMost: 10 * minute,
  /** A first answer within this counts as within target. */
  responseTarget: 5 * minute,
} as const
