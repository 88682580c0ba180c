import * as v from 'valibot'
import { Agent } from './agent.ts'
import { FollowUpSettings } from './follow-up.ts'
import { Calendar, Team } from './house.ts'
import { SiteId, SiteKey } from './ids.ts'
import { limits } from './limits.ts'
import { Locale, LocalText } from './locale.ts'
import { JourneySettings } from './metrics/journeys/stages.ts'
import { SiteSurveys } from './survey-words.ts'
import { Targets } from './targets.ts'
import { count, line, network, origin } from './text/fields.ts'
import { name } from './triggers/kinds/fields.ts'
import { StoredRule } from './triggers/stored.ts'
import { StoredScore, StoredSegment } from './triggers/stored-sorting.ts'

/** What an admin edits of a site. */
export const SiteDraft = v.strictObject({
  name: line(limits.nameCharacters),
  /** Pages from these origins may load the chat. */
  origins: v.pipe(v.array(origin), v.minLength(1), v.maxLength(50)),
  locale: Locale,
  accent: v.pipe(v.string(), v.regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #0f766e')),
  side: v.picklist(['start', 'end']),
  greeting: LocalText,
  /** Told to visitors until there are enough answers to measure. */
  replyTime: LocalText,
  /** Networks whose visitors are not counted, such as `192.0.2.0/24`: the owner's own people. */
  ignore: v.optional(v.pipe(v.array(network), v.maxLength(100))),
  /** Browsers in which an agent is signed in, and those that agents have marked as their own, are counted as well. */
  countAgents: v.optional(v.boolean()),
  /** Page views and events are deleted after this; 90 days when left out. */
  retentionDays: v.optional(v.pipe(count, v.minValue(1), v.maxValue(3_650))),
  /** What visitors are asked after a chat; the rating alone when left out. */
  surveys: v.optional(SiteSurveys),
  /** The calendar of its office hours. */
  calendar: v.optional(name),
  /** The stages of its journey; the usual ones when left out. */
  journey: v.optional(JourneySettings),
})
export type SiteDraft = v.InferOutput<typeof SiteDraft>

/** A journey that is left out stays as it is, for it is edited elsewhere than the rest; null takes it away. */
export const SiteChange = v.strictObject({
  ...SiteDraft.entries,
  journey: v.optional(v.nullable(JourneySettings)),
})
export type SiteChange = v.InferOutput<typeof SiteChange>

export const Site = v.strictObject({ ...SiteDraft.entries, id: SiteId, key: SiteKey, createdAt: v.number() })
export type Site = v.InferOutput<typeof Site>

/** The settings document, whole. */
export const Workspace = v.strictObject({
  version: v.literal(1),
  sites: v.array(Site),
  agents: v.array(Agent),
  rules: v.array(StoredRule),
  /** What follows is left out until it is used. */
  segments: v.optional(v.array(StoredSegment)),
  leadScores: v.optional(v.array(StoredScore)),
  teams: v.optional(v.array(Team)),
  calendars: v.optional(v.array(Calendar)),
  targets: v.optional(Targets),
  followUps: v.optional(FollowUpSettings),
  /** What rules were before (`shared/triggers/versions.ts`), the oldest first. What cannot be read is passed over. */
  ruleVersions: v.optional(v.array(v.unknown())),
  /** Sites that were taken away on purpose, the latest last: nothing is kept of them. */
  removedSites: v.optional(v.array(SiteId)),
})
export type Workspace = v.InferOutput<typeof Workspace>

export const emptyWorkspace = (): Workspace => ({ version: 1, sites: [], agents: [], rules: [] })
