import type { Entry, EntryOf, Rating } from '../conversation/entry.ts'
import type { AgentId, ConversationId, SiteId } from '../ids.ts'

/** Who a piece of waiting belongs to. */
export type Segment = { from: number; to: number } & (
  | { charge: 'queue' }
  | { charge: 'agent'; agentId: AgentId }
)

/**
 * A stretch of waiting: from the first unanswered visitor message to the first human visible reply.
 * Further visitor messages do not restart it; automatic texts and notes neither open nor close it.
 * Times in ms since 1970.
 */
export interface Turn {
  conversationId: ConversationId
  siteId: SiteId
  /** 1 for the first episode of the conversation. */
  episode: number
  /** The episode's first turn: its length is the first response time. */
  first: boolean
  openedAt: number
  openedSeq: number
  end:
    | { by: 'reply'; at: number; seq: number; agentId: AgentId }
    /** Closed unanswered: the wait was at least this long. */
    | { by: 'close'; at: number; seq: number }
    /** Still waiting. */
    | { by: 'nothing' }
  segments: Segment[]
}

/** An episode that was closed, and where its rating stands. */
export interface RatedEpisode {
  conversationId: ConversationId
  siteId: SiteId
  episode: number
  startedAt: number
  closedAt: number
  /** Who replied last; credited with the rating. */
  agentId: AgentId | null
  survey:
    | { state: 'neverDue' }
    | { state: 'due' }
    | { state: 'shown' }
    | { state: 'skipped' }
    | { state: 'answered'; rating: Rating; comment: string; at: number }
}

/** The part of a conversation that does not stand in its entries. */
export interface Subject {
  id: ConversationId
  siteId: SiteId
}

interface Fold {
  subject: Subject
  episode: number
  /** Null before the first entry. */
  episodeStart: number | null
  turnsInEpisode: number
  owner: AgentId | null
  lastReplier: AgentId | null
  open: Turn | null
  pieceFrom: number
  turns: Turn[]
  episodes: RatedEpisode[]
}

/**
 * Folds one conversation's entries, from the first, into its turns and closed episodes.
 * `now` bounds the last segment of a turn that is still open.
 */
export function foldTurns(
  subject: Subject,
  entries: Iterable<Entry>,
  now: number,
): { turns: Turn[]; episodes: RatedEpisode[] } {
  const fold: Fold = {
    subject,
    episode: 1,
    episodeStart: null,
    turnsInEpisode: 0,
    owner: null,
    lastReplier: null,
    open: null,
    pieceFrom: 0,
    turns: [],
    episodes: [],
  }
  for (const entry of entries) take(fold, entry)
  if (fold.open) cutPiece(fold, fold.open, now)
  return { turns: fold.turns, episodes: fold.episodes }
}

function take(fold: Fold, entry: Entry): void {
  fold.episodeStart ??= entry.at
  switch (entry.kind) {
    case 'message':
      takeMessage(fold, entry)
      return
    case 'assigned':
      changeOwner(fold, entry.agent.id, entry.at)
      return
    case 'unassigned':
      changeOwner(fold, null, entry.at)
      return
    case 'closed':
      takeClose(fold, entry)
      return
    case 'reopened':
      beginEpisode(fold, entry.at)
      return
    case 'surveyShown':
      answerSurvey(fold, { state: 'shown' })
      return
    case 'surveySkipped':
      answerSurvey(fold, { state: 'skipped' })
      return
    case 'rated':
      answerSurvey(fold, { state: 'answered', rating: entry.rating, comment: entry.comment, at: entry.at })
      return
    case 'visitorLeft':
    case 'visitorReturned':
    case 'hidden':
      return
  }
}

function takeMessage(fold: Fold, entry: EntryOf<'message'>): void {
  if (entry.auto || entry.visibility === 'note') return
  if (entry.author.kind === 'visitor') openTurn(fold, entry)
  if (entry.author.kind === 'agent') {
    fold.lastReplier = entry.author.id
    endTurn(fold, { by: 'reply', at: entry.at, seq: entry.seq, agentId: entry.author.id })
  }
}

function openTurn(fold: Fold, entry: EntryOf<'message'>): void {
  if (fold.open) return
  fold.open = {
    conversationId: fold.subject.id,
    siteId: fold.subject.siteId,
    episode: fold.episode,
    first: fold.turnsInEpisode === 0,
    openedAt: entry.at,
    openedSeq: entry.seq,
    end: { by: 'nothing' },
    segments: [],
  }
  fold.turnsInEpisode++
  fold.pieceFrom = entry.at
  fold.turns.push(fold.open)
}

function endTurn(fold: Fold, end: Exclude<Turn['end'], { by: 'nothing' }>): void {
  if (!fold.open) return
  cutPiece(fold, fold.open, end.at)
  fold.open.end = end
  fold.open = null
}

function changeOwner(fold: Fold, owner: AgentId | null, at: number): void {
  if (fold.open) cutPiece(fold, fold.open, at)
  fold.owner = owner
}

function cutPiece(fold: Fold, turn: Turn, to: number): void {
  const from = fold.pieceFrom
  fold.pieceFrom = to
  if (to <= from && turn.segments.length > 0) return
  turn.segments.push(
    fold.owner === null ? { from, to, charge: 'queue' } : { from, to, charge: 'agent', agentId: fold.owner },
  )
}

function takeClose(fold: Fold, entry: EntryOf<'closed'>): void {
  endTurn(fold, { by: 'close', at: entry.at, seq: entry.seq })
  fold.episodes.push({
    conversationId: fold.subject.id,
    siteId: fold.subject.siteId,
    episode: fold.episode,
    startedAt: fold.episodeStart ?? entry.at,
    closedAt: entry.at,
    agentId: fold.lastReplier,
    survey: { state: entry.survey ? 'due' : 'neverDue' },
  })
}

function beginEpisode(fold: Fold, at: number): void {
  fold.episode++
  fold.episodeStart = at
  fold.turnsInEpisode = 0
  fold.lastReplier = null
}

function answerSurvey(fold: Fold, survey: RatedEpisode['survey']): void {
  const last = fold.episodes.at(-1)
  if (last) last.survey = survey
}
