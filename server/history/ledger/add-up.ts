import { day } from '../../../shared/limits.ts'
import type { ReportQuestion } from '../../../shared/metrics/asked.ts'
import { isSettledEpisode, isSettledTurn, type Summing } from '../../../shared/metrics/summing.ts'
import { aboutOf, narrowing } from './narrow.ts'
import { blockOf, dayOf } from './part.ts'
import { daysAtOnce, eachUnpacked, filtering, type Ledger, type Listener, type Span, visit } from './read.ts'
import { episodeShape, type StoredEpisode, type StoredTurn, turnShape } from './shapes.ts'
import type { Sheet } from './sheet-reader.ts'
import { plain } from './sheet-reader.ts'
import type { Listed } from './shelf.ts'
import type { Sum, SumsOf } from './sums.ts'

/** A report, and how to begin another of the same question. */
export interface Adding<One extends Summing<One>> {
  whole: One
  begin(): One
  /** Asked for as each stretch of days is begun. */
  sums(): SumsOf<One>
  /** What comes after it may still change what is told. */
  settledBy: number
}

type Report = Pick<Summing<unknown>, 'turn' | 'episode'>

/**
 * Tells a report all that is of its period, as `eachFact` does. Of a day that is over and lies within the period what
 * it comes to is kept, part by part, and is added up when it is asked for again.
 */
export async function addUp<One extends Summing<One>>(
  { queries, shelf }: Pick<Ledger, 'queries' | 'shelf'>,
  question: ReportQuestion,
  { whole, begin, sums, settledBy }: Adding<One>,
): Promise<void> {
  const { from, to } = question
  const wanted = narrowing(question.of)
  const listener = listening(whole)
  const changed = await eachUnpacked(queries, question, filtering(question, wanted, listener))
  const changedBlocks = new Set([...changed].map(blockOf))
  const isWhole = ({ day: own, block }: Listed): boolean =>
    own * day >= from && (own + 1) * day <= Math.min(to, settledBy) && !changedBlocks.has(block)
  const make = (part: Listed, sheet: Sheet): Sum<One> => {
    const span = { from: part.day * day, to: (part.day + 1) * day }
    return sumOf(begin(), { span, sheet, stamp: part.stamp, wanted, settledBy })
  }
  const last = dayOf(to - 1)
  for (let first = dayOf(from); first <= last; first += daysAtOnce) {
    const kept = sums()
    const known = (part: Listed): Sum<One> | undefined => (isWhole(part) ? kept.find(part) : undefined)
    const listed = await shelf.list(first, Math.min(first + daysAtOnce - 1, last))
    for (const part of listed) add(known(part), part)
    for (const { sheet, ...part } of await shelf.fetch(listed.filter((part) => !known(part)))) {
      if (isWhole(part)) {
        const sum = make(part, sheet)
        kept.put(part, sum)
        add(sum, part)
      } else {
        const within = partOf(question, part.day)
        whole.look(within)
        visit(sheet, { filter: filtering(within, wanted, listener), changed, listener })
      }
    }
  }

  function add(sum: Sum<One> | undefined, part: Listed): void {
    if (!sum) return
    whole.add(sum.of)
    whole.look(partOf(question, part.day))
    for (const turn of sum.rest.turns) listener.turn(turn)
    for (const episode of sum.rest.episodes) listener.episode(episode)
  }
}

const partOf = ({ from, to }: Span, own: number): Span => ({
  from: Math.max(from, own * day),
  to: Math.min(to, (own + 1) * day),
})

const listening = (report: Report) =>
  ({
    turn: (turn: StoredTurn) => report.turn(turn),
    episode: (episode: StoredEpisode) => report.episode(episode, aboutOf(episode)),
  }) satisfies Listener

interface Summed {
  span: Span
  sheet: Sheet
  stamp: number
  wanted: ReturnType<typeof narrowing>
  settledBy: number
}

/** What goes on is left out, and stands beside the sum. */
function sumOf<One extends Summing<One>>(
  of: One,
  { span, sheet, stamp, wanted, settledBy }: Summed,
): Sum<One> {
  const rest: Sum<One>['rest'] = { turns: [], episodes: [] }
  const tell = listening(of)
  const listener: Listener = {
    turn: (turn) =>
      isSettledTurn(turn, settledBy) ? tell.turn(turn) : rest.turns.push(plain(turn, turnShape)),
    episode: (episode) =>
      isSettledEpisode(episode, settledBy)
        ? tell.episode(episode)
        : rest.episodes.push(plain(episode, episodeShape)),
  }
  of.look(span)
  visit(sheet, { filter: filtering(span, wanted, listener), changed: new Set(), listener })
  of.trim()
  return { stamp, of, rest }
}
