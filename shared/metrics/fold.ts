import type { Priority } from '../aims.ts'
import type { Entry, EntryOf } from '../conversation/entry.ts'
import { type AgentWaits, agentWaits, endWait, startWait, stopWaits } from './agent-waits.ts'
import { noAsks, takeAsk } from './asks.ts'
import { isGone, waitedAt } from './gone.ts'
import { type Gap, takeGap } from './handle.ts'
import type { Episode, Ledger, Subject, Turn } from './ledger.ts'
import { beginPieces, between, bot, giveTo, giveToAgent, ownerOf, queue } from './pieces.ts'

/** Folds one conversation's entries into its turns and episodes. In which order they are given does not matter. */
export function foldLedger(subject: Subject, entries: Iterable<Entry>): Ledger {
  const folding = beginLedger(subject)
  for (const entry of [...entries].sort((a, b) => a.seq - b.seq)) folding.take(entry)
  return folding.ledger()
}

/** The same, an entry at a time. One that was taken already changes nothing. */
export interface Folding {
  take(entry: Entry): void
  /** What the entries taken so far add up to; later ones do not change it. */
  ledger(): Ledger
}

export function beginLedger(subject: Subject): Folding {
  const fold: Fold = {
    ...{ subject, seq: 0, at: 0, owners: [], turns: [], open: null, episodes: [], episode: null },
    ...{ left: null, botMayHold: true, priority: null },
  }
  return {
    take(entry) {
      if (entry.seq <= fold.seq) return
      fold.seq = entry.seq
      fold.at = Math.max(fold.at, entry.at)
      take(fold, entry, fold.at)
    },
    ledger: () => read(fold),
  }
}

type TurnSoFar = Omit<Turn, 'pieces' | 'leftAt'>
type EpisodeSoFar = Omit<Episode, 'owned' | 'agents' | 'leftAt'> & { waits: AgentWaits; gap: Gap }

interface Fold {
  subject: Subject
  seq: number
  /** Time of the last entry. */
  at: number
  owners: Turn['pieces']
  turns: TurnSoFar[]
  open: TurnSoFar | null
  episodes: EpisodeSoFar[]
  /** The last one; null before the first entry. */
  episode: EpisodeSoFar | null
  /** The visitor has left and not been heard of since. */
  left: { at: number; episode: EpisodeSoFar } | null
  /** No person has had this episode yet, so a bot that speaks has had it from its start. */
  botMayHold: boolean
  priority: Priority | null
}

function take(fold: Fold, entry: Entry, at: number): void {
  const episode = fold.episode ?? beginEpisode(fold, at)
  missVisitor(fold, at)
  switch (entry.kind) {
    case 'message':
      takeMessage(fold, episode, entry, at)
      break
    case 'assigned':
      changeHands(fold, episode, at, () => giveToAgent(fold.owners, entry.agent.id, at))
      break
    case 'unassigned':
      changeHands(fold, episode, at, () => giveTo(fold.owners, queue, at))
      break
    case 'handedOff':
      handOff(fold, episode, at)
      break
    case 'closed':
      close(fold, episode, entry, at)
      break
    case 'reopened':
      beginEpisode(fold, at)
      break
    case 'prioritised':
      fold.priority = entry.priority
      break
    case 'visitorLeft':
      fold.left ??= { at, episode }
      break
    case 'visitorReturned':
      fold.left = null
      break
    default:
      ask(fold, entry)
  }
}

function beginEpisode(fold: Fold, at: number): EpisodeSoFar {
  if (fold.owners.length === 0) fold.owners = beginPieces(at)
  const { id: conversationId, siteId } = fold.subject
  fold.botMayHold = true
  // Written out, since every conversation of a house passes here when its ledger is made anew.
  fold.episode = {
    conversationId,
    siteId,
    episode: fold.episodes.length + 1,
    conversationStartedAt: fold.episodes[0]?.startedAt ?? at,
    startedAt: at,
    startedBy: null,
    firstMessageAt: null,
    firstMessageSeq: null,
    handedOffAt: null,
    forPeople: false,
    queuedAt: null,
    acceptedAt: null,
    firstReplyAt: null,
    firstReplier: null,
    promisedMs: null,
    abandonedAt: null,
    closedAt: null,
    closedBy: null,
    lastClosed: false,
    visitorMessages: 0,
    agentMessages: 0,
    replier: null,
    handled: [],
    handleMs: 0,
    asks: noAsks(),
    priority: null,
    firstPriority: null,
    waits: new Map(),
    gap: { from: at, waitingFor: 'agent' },
  }
  fold.episodes.push(fold.episode)
  return fold.episode
}

/** A visitor who has been away for so long had gone for good when they left. */
function missVisitor(fold: Fold, at: number): void {
  const { left, open } = fold
  if (!left || !isGone(left.at, at)) return
  fold.left = null
  left.episode.abandonedAt ??= waitedAt(left.episode, left.at) ? left.at : null
  if (!open) return
  endTurn(fold, left.episode, { by: 'visitorGone', at: left.at })
  stopWaits(left.episode.waits, left.at)
}

function takeMessage(fold: Fold, episode: EpisodeSoFar, entry: EntryOf<'message'>, at: number): void {
  if (entry.visibility === 'note') return
  const { author, auto } = entry
  if (auto) {
    if (entry.invitation) episode.startedBy ??= 'proactive'
  } else if (author.kind === 'visitor') hearVisitor(fold, episode, entry, at)
  else if (author.kind === 'agent') hearAgent(fold, episode, entry, at)
  else if (author.kind === 'bot' && fold.botMayHold) holdByBot(fold, episode)
}

function hearVisitor(fold: Fold, episode: EpisodeSoFar, entry: EntryOf<'message'>, at: number): void {
  fold.left = null
  episode.startedBy ??= 'visitor'
  episode.visitorMessages++
  takeGap(episode, fold.owners, { at, waitsFor: 'agent' })
  if (!fold.open) openTurn(fold, episode, { at, seq: entry.seq })
  if (episode.firstMessageAt !== null) return
  episode.firstMessageAt = at
  episode.firstMessageSeq = entry.seq
  episode.promisedMs = entry.promised ?? null
}

function openTurn(fold: Fold, episode: EpisodeSoFar, { at, seq }: { at: number; seq: number }): void {
  const { id: conversationId, siteId } = fold.subject
  const owner = ownerOf(fold.owners)
  fold.open = {
    conversationId,
    siteId,
    episode: episode.episode,
    first: episode.firstMessageAt === null,
    openedAt: at,
    openedSeq: seq,
    handedOffAt: null,
    forPeople: owner.kind !== 'bot',
    end: { by: 'nothing' },
    priority: null,
  }
  fold.turns.push(fold.open)
  episode.forPeople ||= fold.open.forPeople
  if (owner.kind === 'queue') episode.queuedAt ??= at
  startWait(episode.waits, owner, at)
}

function endTurn(fold: Fold, episode: EpisodeSoFar, end: Exclude<Turn['end'], { by: 'nothing' }>): void {
  if (!fold.open) return
  Object.assign(fold.open, { end, priority: fold.priority })
  fold.open = null
  const replier = end.by === 'reply' ? end.agentId : null
  endWait(episode.waits, ownerOf(fold.owners), { at: end.at, replier })
}

function hearAgent(fold: Fold, episode: EpisodeSoFar, entry: EntryOf<'message'>, at: number): void {
  if (entry.author.kind !== 'agent') return
  const agentId = entry.author.id
  if (ownerOf(fold.owners).kind === 'bot')
    changeHands(fold, episode, at, () => giveTo(fold.owners, queue, at))
  fold.botMayHold = false
  episode.startedBy ??= 'agent'
  episode.agentMessages++
  episode.replier = agentId
  takeGap(episode, fold.owners, { at, waitsFor: 'visitor' })
  if (episode.queuedAt !== null) episode.acceptedAt ??= at
  if (episode.firstMessageAt !== null && episode.firstReplyAt === null) {
    episode.firstReplyAt = at
    episode.firstReplier = agentId
    episode.firstPriority = fold.priority
  }
  endTurn(fold, episode, { by: 'reply', at, seq: entry.seq, agentId })
}

/** Only now it shows that a bot was first: what counted as queue was its time, and nobody of the house was waited for. */
function holdByBot(fold: Fold, episode: EpisodeSoFar): void {
  if (ownerOf(fold.owners).kind !== 'queue') return
  giveTo(fold.owners, bot, episode.startedAt)
  episode.queuedAt = null
  episode.forPeople = false
  for (const turn of fold.turns) if (turn.episode === episode.episode) turn.forPeople = false
}

function handOff(fold: Fold, episode: EpisodeSoFar, at: number): void {
  if (fold.botMayHold) holdByBot(fold, episode)
  if (ownerOf(fold.owners).kind !== 'bot') return
  episode.handedOffAt ??= at
  if (fold.open) fold.open.handedOffAt ??= at
  changeHands(fold, episode, at, () => giveTo(fold.owners, queue, at))
}

/** People have it from now on: an agent, or their queue. */
function changeHands(fold: Fold, episode: EpisodeSoFar, at: number, give: () => void): void {
  const before = ownerOf(fold.owners)
  if (episode.closedAt === null) takeGap(episode, fold.owners, { at })
  give()
  fold.botMayHold = false
  const owner = ownerOf(fold.owners)
  if (owner === before) return
  if (fold.open) {
    fold.open.forPeople = true
    episode.forPeople = true
    endWait(episode.waits, before, { at, replier: null })
    startWait(episode.waits, owner, at)
    if (owner.kind === 'queue') episode.queuedAt ??= at
  }
  const isAwaited = episode.queuedAt !== null && episode.closedAt === null
  if (owner.kind === 'agent' && isAwaited) episode.acceptedAt ??= at
}

function close(fold: Fold, episode: EpisodeSoFar, entry: EntryOf<'closed'>, at: number): void {
  if (episode.closedAt !== null) return
  endTurn(fold, episode, { by: 'close', at, seq: entry.seq })
  takeGap(episode, fold.owners, { at })
  for (const earlier of fold.episodes) earlier.lastClosed = false
  Object.assign(episode, { closedAt: at, closedBy: entry.by.kind, lastClosed: true, priority: fold.priority })
  if (episode.firstReplyAt === null) episode.firstPriority = fold.priority
  episode.asks = takeAsk(episode.asks, entry)
  fold.botMayHold = false
  if (ownerOf(fold.owners).kind === 'bot') giveTo(fold.owners, queue, at)
}

/** What is said of an ask concerns the episode that was closed last. */
function ask(fold: Fold, entry: Entry): void {
  const asked = fold.episodes.find(({ lastClosed }) => lastClosed)
  if (asked) asked.asks = takeAsk(asked.asks, entry)
}

function read(fold: Fold): Ledger {
  const { left, owners, priority } = fold
  return {
    turns: fold.turns.map((turn) => ({
      ...turn,
      ...(turn === fold.open ? { leftAt: left?.at ?? null, priority } : { leftAt: null }),
      pieces: between(owners, turn.openedAt, turn.end.by === 'nothing' ? null : turn.end.at),
    })),
    episodes: fold.episodes.map(({ waits, gap: _, ...episode }) => ({
      ...episode,
      ...(episode.closedAt === null ? { priority } : {}),
      ...(episode.closedAt === null && episode.firstReplyAt === null ? { firstPriority: priority } : {}),
      leftAt: left?.episode.episode === episode.episode ? left.at : null,
      agents: agentWaits(waits),
      handled: episode.handled.map((piece) => ({ ...piece })),
      owned: between(owners, episode.conversationStartedAt, episode.closedAt),
    })),
  }
}
