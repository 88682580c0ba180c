import { dayOf } from '../calendar/dates.ts'
import { dayMs, momentOf, offsetAt } from '../calendar/zone.ts'
import { type Asking, type CasesWanted, isAsk } from './case-figures.ts'
import { type Found, isWithin } from './case-parts.ts'
import { lengthOfPieces } from './clocks.ts'
import type { Episode, Turn } from './ledger.ts'
import { localTime } from './question.ts'

/** Whether one of those a figure counts is among those to be looked at. */
export type Choice = (found: Found, of: Turn | Episode) => boolean

export function caseChoice(wanted: CasesWanted, asking: Asking): Choice {
  const { figure, outcome, unanswered } = wanted
  const isThen = figure === 'waiting' ? waitingThen(wanted, asking) : begunThen(wanted, asking)
  const isSoLong = lengthAsked(wanted, asking)
  return (found, of) =>
    (outcome === undefined || found.outcome === outcome) &&
    (!unanswered || found.measured.censored) &&
    isThen(found) &&
    isSoLong(found, of)
}

/** A rating has no length, and was chosen by that of its first response already. */
function lengthAsked(wanted: CasesWanted, { clock }: Asking): Choice {
  const { figure, longerThan, upTo } = wanted
  if (isAsk(figure) || (longerThan === undefined && upTo === undefined)) return () => true
  return ({ pieces, measured }, { siteId }) =>
    isWithin(lengthOfPieces(clock, { siteId, pieces: pieces() }, measured.to), wanted)
}

function begunThen({ day, weekday, hour }: CasesWanted, asking: Asking): (found: Found) => boolean {
  if (day === undefined && weekday === undefined && hour === undefined) return () => true
  const time = localTime(asking)
  return ({ at }) => {
    const then = time.at(at)
    return (
      (day === undefined || time.nameOf(then.day) === day) &&
      (weekday === undefined || Math.floor(then.hourOfWeek / 24) + 1 === weekday) &&
      (hour === undefined || then.hourOfWeek % 24 === hour)
    )
  }
}

const hourMs = 3_600_000

/** Waited within the period, at an hour that is asked for, for however short. */
function waitingThen({ day, hour }: CasesWanted, asking: Asking): (found: Found) => boolean {
  const { timeZone } = asking
  const first =
    day === undefined ? asking.from : Math.max(asking.from, momentOf(timeZone, dayOf(day) * dayMs))
  const last =
    day === undefined ? asking.to : Math.min(asking.to, momentOf(timeZone, (dayOf(day) + 1) * dayMs))
  return ({ measured }) => {
    const [start, end] = [Math.max(measured.from, first), Math.min(measured.to, last)]
    // Whoever waits for longer than a day, however long clocks make it, waits at every hour.
    if (end <= start || hour === undefined || end - start > dayMs + hourMs) return end > start
    for (let at = start; at < end; at = nextHour(timeZone, at)) if (hourAt(timeZone, at) === hour) return true
    return false
  }
}

const hourAt = (timeZone: string, at: number): number => new Date(at + offsetAt(timeZone, at)).getUTCHours()

const nextHour = (timeZone: string, at: number): number => {
  const ahead = offsetAt(timeZone, at)
  return (Math.floor((at + ahead) / hourMs) + 1) * hourMs - ahead
}
