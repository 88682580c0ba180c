import type { ReportQuestion } from '../../../shared/metrics/asked.ts'
import { caseChoice } from '../../../shared/metrics/case-choice.ts'
import { type Asking, type CasesWanted, isAsk, isOfTurns } from '../../../shared/metrics/case-figures.ts'
import { foundInEpisode } from '../../../shared/metrics/case-finder.ts'
import type { Found } from '../../../shared/metrics/case-parts.ts'
import { foundInTurn } from '../../../shared/metrics/case-turns.ts'
import { openedCase } from '../../../shared/metrics/opened-case.ts'
import { waitingLookBack } from '../../../shared/metrics/staffing.ts'
import type { CasesPage, Part } from '../figures.ts'
import { allClocks } from './clocks.ts'
import { aboutOf } from './narrow.ts'
import { eachFact, type Ledger } from './read.ts'
import { episodeShape, type StoredEpisode, type StoredTurn, turnShape } from './shapes.ts'
import { kept, plain } from './sheet-reader.ts'
import { spansOf } from './turn-list.ts'
import { isAfter, markOf, type Place, pageOf } from './turn-pages.ts'

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
  ledger: Ledger,
  question: ReportQuestion,
  { part, ...looking }: Looking & { part: Part },
): Promise<CasesPage> {
  const { chosen, amount } = await choose(ledger, question, { ...looking, part })
  const { items, ...rest } = pageOf(chosen, part)
  const found = items.flatMap(({ fact, which }) => {
    const one = foundIn(isTurn(fact) ? plain(fact, turnShape) : plain(fact, episodeShape), looking)[which]
    return one ? [{ fact, one }] : []
  })
  const from = Math.min(question.now, ...found.map(({ one }) => one.measured.from))
  const clocks = await allClocks(ledger, question, from)
  return {
    items: found.map(({ fact, one }) => openedCase(one, fact, clocks)),
    ...rest,
    amount: part.cursor === undefined ? amount : null,
  }
}

const isTurn = (fact: Fact): fact is StoredTurn => 'openedSeq' in fact

const foundIn = (fact: Fact, { wanted, asking }: Looking): Found[] =>
  isTurn(fact)
    ? foundInTurn(wanted, fact, asking)
    : foundInEpisode(wanted, fact, { about: aboutOf(fact), asking })

/** Those after the mark, and how much of the figure they are together. */
async function choose(
  ledger: Ledger,
  question: ReportQuestion,
  { part, ...looking }: Looking & { part: Part },
): Promise<{ chosen: Chosen[]; amount: number }> {
  const { wanted } = looking
  const mark = markOf(part)
  const { of, ...whole } = spanOf(question, wanted)
  const choosing = choosingIn(question, looking)
  let amount = 0
  const chosen: Chosen[] = []
  for (const span of spansOf(whole, mark)) {
    const take = (fact: Fact, keep: () => Fact): void => {
      for (const { found, which } of choosing(fact)) {
        const place = placeOf(fact, found.at, which)
        if (found.at < span.from || found.at >= span.to || !isAfter(mark, place)) continue
        amount += found.n
        chosen.push({ ...place, fact: keep(), which })
      }
    }
    await eachFact(
      ledger,
      { ...span, of },
      isOfTurns(wanted.figure)
        ? { turn: (turn) => take(turn, () => kept(turn, turnShape)) }
        : { episode: (episode) => take(episode, () => kept(episode, episodeShape)) },
    )
    if (mark && chosen.length > part.limit) break
  }
  return { chosen, amount }
}

/** What of a fact is to be looked at. Of what was asked those are an agent's that are credited to them. */
function choosingIn({ of: { agentIds } }: ReportQuestion, looking: Looking) {
  const { wanted, asking } = looking
  const isChosen = caseChoice(wanted, asking)
  const isCredited = ({ agentId }: Found): boolean =>
    !isAsk(wanted.figure) || !agentIds || (agentId !== null && agentIds.includes(agentId))
  return (fact: Fact): { found: Found; which: number }[] =>
    foundIn(fact, looking)
      .map((found, which) => ({ found, which }))
      .filter(({ found }) => isChosen(found, fact) && isCredited(found))
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
