import type { Invitation, Offer } from '../../../shared/invitation.ts'
import { limits } from '../../../shared/limits.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import type { EventProperties } from '../../../shared/visitor.ts'
import type { Address } from './dealings.ts'
import type { AskedOutside } from './live-proactive.ts'

/** By this name the answer to a question stands among what happened in the visit. */
export const questionAnswered = 'question:answered'

interface Answer {
  /** What is kept of it. */
  told: EventProperties
  /** From 1 to 5, as goals count ratings; null for a question about a chat, of which the conversation tells. */
  rating: number | null
}

/** What an answer comes to, if the invitation asked for one and has it on its scale. */
export function answerTo(invitation: Invitation | undefined, score: number): Result<Answer> {
  if (invitation?.action?.kind !== 'survey') return failure('not_found', 'There is no such question.')
  const { scale } = invitation.action
  if (!isOnScale(scale, score)) return failure('invalid', 'is not on the scale', { path: 'score' })
  const question = [...invitation.text].slice(0, limits.propertyCharacters).join('')
  const { ruleId } = invitation
  return success({
    told: { ...(ruleId ? { rule: ruleId } : {}), question, score, scale },
    rating: ruleId ? ratingOf(scale, score) : null,
  })
}

/** Of the numbers from 0 to 10 two make one face, and the lowest face is the least there is. */
const ratingOf = (scale: 'faces' | 'numbers', score: number): number =>
  scale === 'faces' ? score : Math.max(1, Math.round(score / 2))

const isOnScale = (scale: 'faces' | 'numbers', score: number): boolean =>
  scale === 'faces' ? score >= 1 && score <= 5 : score <= 10

/** As an invitation asks it: five faces, or the numbers from 0 to 10. */
export function questionOf({ words, about }: AskedOutside, from: string): Pick<Address, 'said' | 'author'> {
  const ends = { low: words.words[0] ?? '', high: words.words.at(-1) ?? '' }
  const action: Offer =
    about === 'csat' ? { kind: 'survey', scale: 'faces' } : { kind: 'survey', scale: 'numbers', ...ends }
  return { said: { ruleId: null, text: words.question, from, action }, author: { kind: 'bot', name: from } }
}
