import type { AskKind } from '../../shared/conversation/entry.ts'
import { scales } from '../../shared/survey.ts'
import { surveyWords, usualSurveys } from '../../shared/survey-words.ts'
import type { TextKey, Words } from '../ui/words.ts'

export const surveyNames: Record<AskKind, TextKey> = {
  ces: 'surveyCes',
  goal: 'surveyGoal',
  emotion: 'surveyEmotion',
  nps: 'surveyNps',
}

/** An answer as a colleague reads it: its word where it has one, and where it stands on the scale. */
export function answerText({ t, locale }: Words, kind: AskKind, answer: number): string {
  const [least, most] = scales[kind]
  const word = surveyWords(kind, locale, usualSurveys).words[answer - least] ?? ''
  if (kind === 'goal') return word
  const figure = t('answerOf', { answer, most })
  return word ? `${word} (${figure})` : figure
}
