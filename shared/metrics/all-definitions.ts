import { definitions } from './definitions.ts'
import { journeyDefinitions } from './journeys/definitions.ts'
import { proactiveDefinitions } from './proactive.ts'
import { surveyDefinitions } from './surveys.ts'

/** Every measure there is, in the words of this one page: screens, files and pages of documentation print from here. */
export const allDefinitions = {
  ...definitions,
  ...surveyDefinitions,
  ...proactiveDefinitions,
  ...journeyDefinitions,
} as const

export type DefinedMeasure = keyof typeof allDefinitions
