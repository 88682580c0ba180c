import type { Invitation } from '../../shared/invitation.ts'
import { limits } from '../../shared/limits.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { EventProperties } from '../../shared/visitor.ts'

/** By this name the answer to a question stands among what happened in the visit. */
export const questionAnswered = 'question:answered'

/** What is kept of an answer, if the invitation asked for one and has it on its scale. */
export function answerTo(invitation: Invitation | undefined, score: number): Result<EventProperties> {
  if (invitation?.action?.kind !== 'survey') return failure('not_found', 'There is no such question.')
  const { scale } = invitation.action
  if (!isOnScale(scale, score)) return failure('invalid', 'is not on the scale', { path: 'score' })
  const question = [...invitation.text].slice(0, limits.propertyCharacters).join('')
  return success({ ...(invitation.ruleId ? { rule: invitation.ruleId } : {}), question, score, scale })
}

const isOnScale = (scale: 'faces' | 'numbers', score: number): boolean =>
  scale === 'faces' ? score >= 1 && score <= 5 : score <= 10
