import type { ConversationFacts } from '../../../shared/conversation/facts.ts'
import type { AgentId } from '../../../shared/ids.ts'
import type { Narrowing } from '../../../shared/metrics/asked.ts'
import type { Piece } from '../../../shared/metrics/ledger.ts'
import type { About } from '../../../shared/metrics/question.ts'
import type { StoredEpisode, StoredTurn } from './shapes.ts'

/** Whether a fact is of those of whom is asked. */
export function narrowing(of: Narrowing) {
  const concerns = concerning(of)
  const { agentIds } = of
  const isTheirs = agentIds ? ownedBy(agentIds) : () => true
  return {
    turn: (turn: StoredTurn): boolean => concerns(turn) && isTheirs(turn),
    episode: (episode: StoredEpisode): boolean => concerns(episode) && isTheirs(episode),
  }
}

function ownedBy(agentIds: readonly AgentId[]): (one: StoredTurn | StoredEpisode) => boolean {
  const wanted = new Set(agentIds)
  const has = (pieces: readonly Piece[]): boolean =>
    pieces.some(({ owner }) => owner.kind === 'agent' && wanted.has(owner.agentId))
  /** Also who answered without having had it, first or last, or had replied last when the rating was asked for. */
  const answered = ({ replier, firstReplier, agents, asks }: StoredEpisode): boolean =>
    [replier, firstReplier, asks.credited?.agentId ?? null].some((id) => id !== null && wanted.has(id)) ||
    agents.some(({ agentId }) => wanted.has(agentId))
  return (one) => {
    if ('pieces' in one) return (one.end.by === 'reply' && wanted.has(one.end.agentId)) || has(one.pieces)
    return has(one.owned) || answered(one)
  }
}

function concerning({ siteId, proactive, ...of }: Narrowing): (one: StoredTurn | StoredEpisode) => boolean {
  const isSuch = suchFacts(of)
  return (one) =>
    (siteId === undefined || one.siteId === siteId) &&
    (proactive === undefined || one.proactive === proactive) &&
    isSuch(one.facts)
}

/** Rows of a part share their facts where these are the same, so that each is looked at once. */
function suchFacts({ segment, language, page, device }: Narrowing) {
  if (segment === undefined && language === undefined && page === undefined && device === undefined)
    return () => true
  const known = new Map<ConversationFacts | null, boolean>()
  const decide = (facts: ConversationFacts | null): boolean =>
    facts !== null &&
    (segment === undefined || facts.segments.includes(segment)) &&
    (language === undefined || hasLanguage(facts.language, language)) &&
    (page === undefined || pathOf(facts.page).startsWith(page)) &&
    (device === undefined || facts.device === device)
  return (facts: ConversationFacts | null): boolean => {
    const answer = known.get(facts) ?? decide(facts)
    known.set(facts, answer)
    return answer
  }
}

const hasLanguage = (tag: string, wanted: string): boolean =>
  `${tag.toLowerCase()}-`.startsWith(`${wanted.toLowerCase()}-`)

const pathOf = (page: string | null): string => (page === null ? '' : pathIn(page))

const paths = new WeakMap<ConversationFacts, About>()

/** What a report is broken down by. Of an address only the path: it is looked for once for all rows that share it. */
export function aboutOf({ facts, proactive }: StoredEpisode): About {
  if (!facts) return { language: null, page: null, proactive }
  const known = paths.get(facts)
  if (known) return known.proactive === proactive ? known : { ...known, proactive }
  const about = { language: facts.language, page: facts.page === null ? null : pathIn(facts.page), proactive }
  paths.set(facts, about)
  return about
}

const pathIn = (page: string): string => new URL(page).pathname
