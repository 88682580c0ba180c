import type { SatisfactionReport } from '../../../shared/metrics/satisfaction.ts'
import type { Share } from '../../../shared/metrics/surveys.ts'
import type { Cell } from '../csv.ts'

/**
 * One table: each figure by its name in the JSON, those of the rating without a prefix; a comment is a row whose value is
 * its rating.
 */
export function satisfactionRows(report: SatisfactionReport): Cell[][] {
  const { csat, nps, ces, goal, emotion, byFirstResponse, byTeam, followUps, comments } = report
  const { distribution, ...figures } = csat
  const named: (readonly [string, Cell])[] = [
    ...Object.entries(figures),
    ...Object.entries(distribution).map(([rating, n]) => [`rated ${rating}`, n] as const),
    ...Object.entries({ nps, ces, goal, emotion }).flatMap(([name, one]) => flat(name, one)),
    ...byFirstResponse.flatMap(({ upTo, ...one }) => bucket(`first response up to ${upTo ?? 'any'} ms`, one)),
    ...byTeam.flatMap(({ key, ...one }) => bucket(`team ${key ?? 'none'}`, one)),
    ...(followUps ? flat('followUps', followUps) : []),
  ]
  return [
    ['figure', 'value', 'comment', 'at', 'agent', 'conversation'],
    ...named.map(([name, value]) => [name, value, null, null, null, null]),
    ...comments.map(({ rating, comment, at, agentId, conversationId }) => [
      ...['comment', rating, comment],
      ...[new Date(at).toISOString(), agentId, conversationId],
    ]),
  ]
}

const bucket = (name: string, figures: Share & { n: number }) => flat(name, figures)

function flat(name: string, value: object): (readonly [string, Cell])[] {
  return Object.entries(value).flatMap(([key, one]): (readonly [string, Cell])[] =>
    typeof one === 'object' && one !== null ? flat(`${name}.${key}`, one) : [[`${name}.${key}`, one]],
  )
}
