import * as v from 'valibot'
import { type Agent, may } from '../../shared/agent.ts'
import {
  type FollowUp as Case,
  type FollowUpId,
  type FollowUpPatch,
  FollowUpSettings,
  followUpId,
  isComplaint,
  type ToldFollowUp,
  usualFollowUps,
} from '../../shared/follow-up.ts'
import { AgentId, ConversationId, SiteId, VisitorId } from '../../shared/ids.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import { isBlank } from '../../shared/text/blank.ts'
import type { FollowUpHistory, FollowUpQuery } from '../history/follow-ups.ts'
import type { ConversationHistory, Page } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { Audience } from './audience.ts'
import { changedMeanwhile } from './changed-meanwhile.ts'
import type { FollowUp } from './jobs-runner.ts'
import type { Clock } from './ports.ts'

/** What is to be made right with visitors after they were let down. */
export interface FollowUps {
  settings(): FollowUpSettings
  /** With another than the `revision` that was seen in its place the answer is `conflict`, at `ifRevision`. */
  configure(settings: FollowUpSettings, ifRevision?: string): Promise<Result<FollowUpSettings>>
  list(query: Omit<FollowUpQuery, 'now'>): Promise<Page<ToldFollowUp>>
  change(id: FollowUpId, patch: FollowUpPatch, by: AgentId): Promise<Result<ToldFollowUp>>
  /** Those there are. */
  told(ids: readonly FollowUpId[]): Promise<ToldFollowUp[]>
}

export interface LiveFollowUps extends FollowUps {
  followUp: FollowUp
}

interface Needs {
  followUps: FollowUpHistory
  workspace: Workspace
  conversations: Pick<ConversationHistory, 'findMany'>
  agents: { byId(id: AgentId): Agent | null }
  audience: Pick<Audience, 'followUpChanged'>
  clock: Clock
}

/** What the job has to know: nobody's words. */
const Wanted = v.strictObject({
  conversationId: ConversationId,
  visitorId: VisitorId,
  siteId: SiteId,
  episode: v.number(),
  why: v.picklist(['rating', 'complaint']),
  at: v.number(),
  ownerId: v.nullable(AgentId),
})
type Wanted = v.InferOutput<typeof Wanted>

export function createFollowUps(needs: Needs): LiveFollowUps {
  const { followUps, workspace, clock, audience } = needs
  const settings = () => workspace.read().followUps ?? usualFollowUps
  return {
    settings,
    async configure(fresh, ifRevision) {
      const nameless = namelessIn(fresh)
      if (nameless) return failure('invalid', 'must not be blank', { path: nameless })
      return workspace.change((document) => {
        const refused = changedMeanwhile(document.followUps ?? usualFollowUps, ifRevision)
        if (refused) return refused
        document.followUps = v.parse(FollowUpSettings, fresh)
        return success(fresh)
      })
    },
    async list(query) {
      const { items, nextCursor } = await followUps.list({ ...query, now: clock.now() })
      return { items: await named(needs, items), nextCursor }
    },
    async told(ids) {
      const held = await Promise.all(ids.map((id) => followUps.find(id)))
      return named(
        needs,
        held.filter((one) => one !== null),
      )
    },
    async change(id, patch, by) {
      const held = await followUps.find(id)
      if (!held) return missing()
      const fault = faultOf(needs, settings(), held, patch)
      if (fault) return fault
      const { done, ...rest } = patch
      const now = clock.now()
      const settled = done
        ? { doneAt: held.doneAt ?? now, doneBy: held.doneBy ?? by }
        : { doneAt: null, doneBy: null }
      const changed = await followUps.change(id, { ...rest, ...(done === undefined ? {} : settled) })
      if (!changed) return missing()
      audience.followUpChanged(id)
      const [told = { ...changed, visitorName: null }] = await named(needs, [changed])
      return success(told)
    },
    followUp: opening(needs, settings),
  }
}

/** Where somebody would have to choose what has no name; what was kept so before stays readable. */
function namelessIn(settings: FollowUpSettings): string | null {
  for (const list of ['categories', 'causes'] as const) {
    const i = settings[list].findIndex(({ name }) => Object.values(name).every(isBlank))
    if (i >= 0) return `${list}.${i}.name`
  }
  return null
}

async function named({ conversations }: Needs, cases: readonly Case[]): Promise<ToldFollowUp[]> {
  const rows = await conversations.findMany([...new Set(cases.map((one) => one.conversationId))])
  const names = new Map(rows.map(({ conversation, visitorName }) => [conversation.id, visitorName]))
  return cases.map((one) => ({ ...one, visitorName: names.get(one.conversationId) ?? null }))
}

/** Opened once an episode, however often its cause is told. */
const opening = ({ followUps, audience }: Needs, settings: () => FollowUpSettings): FollowUp => ({
  kind: 'follow-up:open',
  wants(entry, conversation): Wanted | null {
    const isLow = entry.kind === 'rated' && entry.rating <= 2
    const isComplained = entry.kind === 'tagged' && isComplaint(entry.tags)
    if (!isLow && !isComplained) return null
    const { id: conversationId, visitorId, siteId, episode, assigneeId, lastReplier } = conversation
    const about = { conversationId, visitorId, siteId, episode, at: entry.at }
    return { ...about, why: isLow ? 'rating' : 'complaint', ownerId: assigneeId ?? lastReplier }
  },
  async run({ payload }) {
    const { at, ...about } = v.parse(Wanted, payload)
    const id = followUpId(about.conversationId, about.episode)
    const isNew = await followUps.open({
      ...{ ...about, id },
      openedAt: at,
      dueAt: at + settings().hours * 3_600_000,
      ...{ doneAt: null, doneBy: null, category: null, cause: null, note: '' },
    })
    if (isNew) audience.followUpChanged(id)
    return success(undefined)
  },
})

/** Who and what it names has to be there; what it named before may stay. */
function faultOf(
  { agents }: Needs,
  { categories, causes }: FollowUpSettings,
  held: Case,
  patch: FollowUpPatch,
) {
  const { ownerId, category, cause } = patch
  if (ownerId && ownerId !== held.ownerId && !isAtWork(agents.byId(ownerId)))
    return failure('invalid', 'There is no such agent.', { path: 'ownerId' })
  if (category && category !== held.category && !categories.some(({ id }) => id === category))
    return failure('invalid', 'There is no such category.', { path: 'category' })
  if (cause && cause !== held.cause && !causes.some(({ id }) => id === cause))
    return failure('invalid', 'There is no such cause.', { path: 'cause' })
  return null
}

const isAtWork = (agent: Agent | null): boolean => !!agent?.active && may(agent.role, 'conversations:write')

const missing = () => failure('not_found', 'There is no such follow-up.')
