import type { ConversationFacts } from '../../../shared/conversation/facts.ts'
import type { AgentId } from '../../../shared/ids.ts'
import type { Narrowing } from '../../../shared/metrics/asked.ts'
import type { Piece } from '../../../shared/metrics/ledger.ts'
import type { About } from '../../../shared/metrics/question.ts'
import type { Facts } from './part.ts'
import type { StoredEpisode, StoredTurn } from './shapes.ts'

/** Those of the facts of whom is asked. */
export function narrowed({ turns, episodes }: Facts, of: Narrowing): Facts {
  const concerns = concerning(of)
  const isTheirs = ownedBy(of)
  return {
    turns: turns.filter(
      (turn) => concerns(turn) && isTheirs(turn.pieces, turn.end.by === 'reply' ? turn.end.agentId : null),
    ),
    episodes: episodes.filter((episode) => concerns(episode) && isTheirs(episode.owned, episode.replier)),
  }
}

function ownedBy({ agentIds }: Narrowing): (pieces: readonly Piece[], replier: AgentId | null) => boolean {
  if (!agentIds) return () => true
  const wanted = new Set(agentIds)
  return (pieces, replier) =>
    (replier !== null && wanted.has(replier)) ||
    pieces.some(({ owner }) => owner.kind === 'agent' && wanted.has(owner.agentId))
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
