import { isBroken } from './aiming.ts'
import { type Asking, type CasesWanted, isOfTurns } from './case-figures.ts'
import { type Found, inParts, isDecided, piecesByAgent, whole } from './case-parts.ts'
import { agentOf } from './clocks.ts'
import { endOf } from './gone.ts'
import { keeperOf } from './keepers.ts'
import type { Turn } from './ledger.ts'
import { responseOf } from './lengths.ts'
import { within } from './question.ts'

/** What a figure counts of a turn. */
export function foundInTurn(wanted: CasesWanted, turn: Turn, asking: Asking): Found[] {
  const { figure, by } = wanted
  const measured = responseOf(turn, asking.now)
  if (!isOfTurns(figure) || !measured) return []
  if (figure !== 'waiting' && !within(asking, turn.openedAt)) return []
  const all = { ...whole({ owned: turn.pieces }, turn.openedAt, measured) }
  if (figure === 'late.response') return lateTurn(all, turn, wanted, asking)
  if (by === undefined) return [all]
  if (by.respect !== 'agent' || by.key === null) return []
  return figure === 'turns' ? hadBy(all, turn, { key: by.key, asking }) : ownPart(turn, by.key, asking)
}

/** The first of an episode is counted with it. */
function lateTurn(all: Found, turn: Turn, { by }: CasesWanted, { aiming }: Asking): Found[] {
  if (turn.first) return []
  const keeper = keeperOf(turn, aiming)
  const outcome = isBroken(keeper, 'response', all.measured)
  if (!isDecided(outcome, all.measured)) return []
  return by && keeper.team !== by.key ? [] : [{ ...all, outcome }]
}

type OfAgent = { key: string; asking: Asking }

/** They had it for a while, or answered. */
function hadBy(all: Found, turn: Turn, { key, asking }: OfAgent): Found[] {
  const end = endOf(turn, asking.now)
  const answered = end.by === 'reply' ? end.agentId : null
  const agentId = [...piecesByAgent(turn.pieces).keys(), answered].find((one) => one === key)
  return agentId ? [{ ...all, agentId }] : []
}

/** Only what they had of it. */
function ownPart(turn: Turn, key: string, { now }: Asking): Found[] {
  const end = endOf(turn, now)
  const until = end.by === 'nothing' ? now : end.at
  return [...piecesByAgent(turn.pieces)].flatMap(([agentId, pieces]): Found[] => {
    if (agentId !== key) return []
    const own = pieces.map((piece) => ({
      ...piece,
      to: Math.max(piece.from, Math.min(piece.to ?? until, until)),
    }))
    const isLast = agentOf(turn.pieces.at(-1)?.owner ?? { kind: 'queue' }) === agentId
    const censored = end.by !== 'reply' || end.agentId !== agentId
    const part = inParts(own, turn.openedAt, until)
    return [
      { ...part, agentId, measured: { ...part.measured, censored, open: end.by === 'nothing' && isLast } },
    ]
  })
}
