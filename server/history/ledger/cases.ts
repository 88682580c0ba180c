import type { ReportQuestion } from '../../../shared/metrics/asked.ts'
import { caseChoice } from '../../../shared/metrics/case-choice.ts'
import { type Asking, type CasesWanted, isAsk, isOfTurns } from '../../../shared/metrics/case-figures.ts'
import { type Found, foundInEpisode, foundInTurn } from '../../../shared/metrics/case-finder.ts'
import { openedCase } from '../../../shared/metrics/opened-case.ts'
import { waitingLookBack } from '../../../shared/metrics/staffing.ts'
import type { LookUps } from '../engine.ts'
import type { CasesPage, Part } from '../figures.ts'
import { allClocks } from './clocks.ts'
import { aboutOf } from './narrow.ts'
import { eachFact } from './read.ts'
import { episodeShape, type StoredEpisode, type StoredTurn, turnShape } from './shapes.ts'
import { kept, plain } from './sheet-reader.ts'
import { type Place, pageOf } from './turn-pages.ts'

interface Looking {
  wanted: CasesWanted
  asking: Asking
}

type Fact = StoredTurn | StoredEpisode

/** One that was chosen: of which fact, and which of what the figure counts of it. */
interface Chosen extends Place {
  fact: Fact
  which: number
}

export async function cases(
  queries: LookUps,
  question: ReportQuestion,
  { part, ...looking }: Looking & { part: Part },
): Promise<CasesPage> {
  const { chosen, amount } = await choose(queries, question, looking)
  const { items, nextCursor } = pageOf(chosen, part)
  const found = items.flatMap(({ fact, which }) => {
    const one = foundIn(isTurn(fact) ? plain(fact, turnShape) : plain(fact, episodeShape), looking)[which]
    return one ? [{ fact, one }] : []
  })
  const from = Math.min(question.now, ...found.map(({ one }) => one.measured.from))
  const clocks = await allClocks(queries, question, from)
  return {
    items: found.map(({ fact, one }) => openedCase(one, fact, clocks)),
    ...{ nextCursor, total: chosen.length, amount },
  }
}

const isTurn = (fact: Fact): fact is StoredTurn => 'openedSeq' in fact

const foundIn = (fact: Fact, { wanted, asking }: Looking): Found[] =>
  isTurn(fact)
    ? foundInTurn(wanted, fact, asking)
    : foundInEpisode(wanted, fact, { about: aboutOf(fact), asking })

async function choose(
  queries: LookUps,
  question: ReportQuestion,
  looking: Looking,
): Promise<{ chosen: Chosen[]; amount: number }> {
  const { wanted, asking } = looking
  const { agentIds } = question.of
  const isChosen = caseChoice(wanted, asking)
  const chosen: Chosen[] = []
  let amount = 0
  const take = (fact: Fact, keep: () => Fact): void => {
    for (const [which, found] of foundIn(fact, looking).entries()) {
      if (!isChosen(found, fact) || !isCredited(found)) continue
      amount += found.n
      chosen.push({ ...placeOf(fact, found.at, which), fact: keep(), which })
    }
  }
  // Of what was asked those are an agent's that are credited to them, whoever had the conversation.
  const isCredited = ({ agentId }: Found): boolean =>
    !isAsk(wanted.figure) || !agentIds || (agentId !== null && agentIds.includes(agentId))
  await eachFact(
    queries,
    spanOf(question, wanted),
    isOfTurns(wanted.figure)
      ? { turn: (turn) => take(turn, () => kept(turn, turnShape)) }
      : { episode: (episode) => take(episode, () => kept(episode, episodeShape)) },
  )
  return { chosen, amount }
}

/** Where the reports look that have the figure. */
function spanOf({ from, to, of }: ReportQuestion, { figure }: CasesWanted) {
  if (figure === 'waiting') return { from: from - waitingLookBack, to, of }
  const { agentIds: _, ...everybody } = of
  return { from, to, of: isAsk(figure) ? everybody : of }
}

/** An episode has at most so many agents who are asked for side by side. */
const side = 1_000

const placeOf = (fact: Fact, at: number, which: number): Place => ({
  ...{ conversationId: fact.conversationId, openedAt: at },
  openedSeq: (isTurn(fact) ? fact.openedSeq : fact.episode) * side + which,
})
