import type { VisitId } from '../../shared/ids.ts'
import type { FileStore } from '../files/files.ts'
import type { History } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { createAgents } from './agents.ts'
import { type Announcer, createAnnouncer, deaf } from './audience.ts'
import { type ComingAndGoing, createComingAndGoing } from './coming-and-going.ts'
import { createConversations, type LiveConversations } from './conversations.ts'
import type { Domain } from './domain.ts'
import { createFiles, type LiveFiles } from './files.ts'
import { FirstReplies } from './first-replies.ts'
import { createFollowUps } from './follow-ups.ts'
import { createJobs, type LiveJobs } from './jobs.ts'
import { LateWatch } from './late-watch.ts'
import { createCalendars, createTeams } from './named-lists.ts'
import { createParting } from './parting.ts'
import { createPasswords, type PasswordCost } from './passwords.ts'
import type { Clock, Log, Random } from './ports.ts'
import { Exposures } from './proactive/exposures.ts'
import { House } from './proactive/house.ts'
import { createProactive, type LiveProactive } from './proactive/proactive.ts'
import { QueueLength } from './proactive/proactive-queue.ts'
import { createRules } from './proactive/rules.ts'
import { createTalkWitness } from './proactive/talk-witness.ts'
import { createWhyKeys } from './proactive/why-keys.ts'
import { ReplyPromise } from './reply-promise.ts'
import { createReporting } from './reporting.ts'
import { createLeadScores, createSegments } from './segments.ts'
import { createSessions } from './sessions.ts'
import { createSessionEnding } from './sessions-ending.ts'
import { createSites } from './sites.ts'
import { Sorter } from './sorter.ts'
import { createSurveyLock } from './survey-lock.ts'
import { createSurveyReturn, type SurveyReturn } from './survey-return.ts'
import { createTargets } from './targets.ts'
import { createTrials } from './trials/trials.ts'
import { createVisitors } from './visitors.ts'
import { createOwnKeys } from './visits/own-keys.ts'
import type { Visit } from './visits/visit.ts'
import { createVisits, type LiveVisits } from './visits/visits.ts'

export interface DomainParts {
  history: History
  workspace: Workspace
  files: FileStore
  clock: Clock
  log: Log
  random: Random
  /** Origins this server itself is reached at, the public one first. */
  ownOrigins(): readonly string[]
  passwordCost?: PasswordCost | undefined
}

/** The domain with all that sockets use of it beyond what routes do. */
export interface WholeDomain extends Domain {
  visits: LiveVisits
  conversations: LiveConversations
  proactive: LiveProactive
  jobs: LiveJobs
  files: LiveFiles
  announcer: Announcer
  sorter: Sorter
  queue: QueueLength
  promise: ReplyPromise
  surveyReturn: SurveyReturn
  comings: ComingAndGoing
  late: LateWatch
}

/** Every noun of the product, built from the parts and from each other. */
export function createDomain(parts: DomainParts): WholeDomain {
  const { history, log } = parts
  const people = createPeople(parts)
  const rules = createRules(parts)
  const queue = new QueueLength(parts)
  const replies = new FirstReplies({ ...parts, reports: history.reports })
  const promise = new ReplyPromise({ ...parts, ...people, queue, replies })
  const sites = createSites({
    ...parts,
    told: (id) => promise.told(id),
    conversations: history.conversations,
    somebodyCanAnswer: people.agents.somebodyCanAnswer,
  })
  const announcer = createAnnouncer(log)
  const house = new House({ ...parts, ...people, queue })
  const sorter = new Sorter({ ...parts, house, visitors: history.visitors })
  const audience = attentive(announcer, sorter, { visitOf: (id) => visits.byId(id), comings: () => comings })
  const exposures = new Exposures({ ...parts, rules, sorter })
  const visits: LiveVisits = createVisits({ ...parts, ...people, sites, exposures, audience })
  const proactive = createProactive({
    ...{ ...parts, ...people, visits, rules, sites, audience: announcer },
    ...{ exposures, house, sorter, queue },
  })
  const calendars = createCalendars(parts)
  const files = createFiles(parts)
  const surveyLock = createSurveyLock({ ...parts, visitors: history.visitors })
  const conversations = createConversations({
    ...{ ...parts, ...people, sites, visits, exposures, sorter, audience: announcer },
    ...{ invitations: proactive, promise, surveyLock, witness: createTalkWitness({ visits, exposures }) },
  })
  const followUps = createFollowUps({ ...parts, ...people, ...history, audience: announcer })
  const comings: ComingAndGoing = createComingAndGoing({ conversations, log })
  const late = createLateWatch(parts, { conversations, announcer })
  return {
    ...people,
    followUps,
    ...{ rules, sites, announcer, visits, proactive, conversations, sorter, queue, promise },
    ...{ segments: createSegments(parts), leadScores: createLeadScores(parts) },
    ...{ teams: createTeams(parts), calendars },
    whyKeys: createWhyKeys(parts),
    trials: createTrials({ ...parts, rules, sites, visits, proactive, sorter, calendars }),
    surveyReturn: createSurveyReturn({ ...parts, proactive, conversations }),
    ...{ comings, late, targets: createTargets({ ...parts, late, conversations }) },
    parting: createParting({ ...parts, sites, visits, conversations }),
    files,
    visitors: createVisitors({ ...parts, ...history, visits, surveyLock, files, audience: announcer }),
    reporting: createReporting({ ...parts, ...history, rules }),
    jobs: createJobs({ ...parts, jobs: history.jobs, followUps: [surveyLock.followUp, followUps.followUp] }),
  }
}

/** It hears of everything that is said, and itself adds what is late. */
function createLateWatch(
  { history, ...parts }: DomainParts,
  { conversations, announcer }: Pick<WholeDomain, 'conversations' | 'announcer'>,
): LateWatch {
  const mark: LiveConversations['mark'] = (...asked) => conversations.mark(...asked)
  const late = new LateWatch({ ...parts, conversations: history.conversations, mark })
  announcer.attach({
    ...deaf,
    entriesAdded: ({ conversation }) => late.talked(conversation),
    conversationsErased: (ids) => late.erased(ids),
  })
  return late
}

interface Onlookers {
  visitOf(id: VisitId): Visit | null
  comings(): ComingAndGoing
}

/** Whoever hears that a visit has changed hears where it stands now; one that is gone may have left somebody waiting. */
const attentive = (announcer: Announcer, sorter: Sorter, { visitOf, comings }: Onlookers): Announcer => ({
  ...announcer,
  visitChanged(id) {
    const visit = visitOf(id)
    if (visit) sorter.look(visit)
    announcer.visitChanged(id)
  },
  visitGone(id) {
    const visit = visitOf(id)
    if (visit?.state === 'gone') comings().gone(visit)
    announcer.visitGone(id)
  },
})

function createPeople(parts: DomainParts): Pick<Domain, 'agents' | 'sessions' | 'ownKeys'> {
  const { sessions } = parts.history
  const passwords = createPasswords(parts.passwordCost)
  const ending = createSessionEnding(sessions, parts.log)
  const agents = createAgents({ ...parts, ending, passwords })
  return {
    agents,
    sessions: createSessions({ ...parts, ending, passwords, agents, sessions }),
    ownKeys: createOwnKeys(parts),
  }
}
