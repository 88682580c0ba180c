import { day } from '../../../shared/limits.ts'
import type { ReportQuestion, TurnsWanted } from '../../../shared/metrics/asked.ts'
import { type TurnChoice, turnChoice, turnInPieces } from '../../../shared/metrics/turn-list.ts'
import type { Part, TurnsPage } from '../figures.ts'
import { allClocks, clockOf } from './clocks.ts'
import { eachFact, type Ledger, type Span } from './read.ts'
import { type StoredTurn, turnShape } from './shapes.ts'
import { kept, plain } from './sheet-reader.ts'
import { isAfter, type Mark, markOf, pageOf } from './turn-pages.ts'

/** The turns behind a figure, latest first. */
export async function turns(
  ledger: Ledger,
  question: ReportQuestion,
  { wanted, part }: { wanted: TurnsWanted; part: Part },
): Promise<TurnsPage> {
  const choice = turnChoice(wanted, { ...question, clock: await clockOf(ledger, question) })
  const mark = markOf(part)
  const chosen: StoredTurn[] = []
  for (const span of spansOf(question, mark)) {
    for (const turn of await chosenIn(ledger, { ...question, ...span }, choice))
      if (isAfter(mark, turn)) chosen.push(turn)
    if (mark && chosen.length > part.limit) break
  }
  const { items, ...rest } = pageOf(chosen, part)
  return { items: await inPieces(ledger, question, items), ...rest }
}

/**
 * The first part is chosen from the whole period, which tells how many there are; what comes after a mark is looked
 * for from there back, so that whoever wants all of it has each day looked through about once.
 */
export function* spansOf({ from, to }: Span, mark: Mark | null): Iterable<Span> {
  if (!mark) return yield { from, to }
  for (let end = Math.min(mark.openedAt + 1, to); end > from; ) {
    const begin = Math.max(from, Math.floor((end - 1) / day) * day)
    yield { from: begin, to: end }
    end = begin
  }
}

async function chosenIn(ledger: Ledger, asked: ReportQuestion, choice: TurnChoice): Promise<StoredTurn[]> {
  const chosen: StoredTurn[] = []
  if (choice.needsEpisodes) await eachFact(ledger, asked, { episode: (episode) => choice.episode(episode) })
  await eachFact(ledger, asked, {
    turn(turn) {
      if (choice.has(turn)) chosen.push(kept(turn, turnShape))
    },
  })
  return chosen
}

async function inPieces(
  ledger: Ledger,
  question: ReportQuestion,
  turns: readonly StoredTurn[],
): Promise<TurnsPage['items']> {
  const looked = turns.map((turn) => plain(turn, turnShape))
  const from = Math.min(question.now, ...looked.map(({ openedAt }) => openedAt))
  const looking = { ...(await allClocks(ledger, question, from)), now: question.now }
  return looked.map((turn) => turnInPieces(turn, looking))
}
