import { cases } from './ar/cases.ts'
import { conditions } from './ar/conditions.ts'
import { desk } from './ar/desk.ts'
import { followUps } from './ar/follow-ups.ts'
import { hours } from './ar/hours.ts'
import { journeys } from './ar/journeys.ts'
import { measures } from './ar/measures.ts'
import { office } from './ar/office.ts'
import { outcomes } from './ar/outcomes.ts'
import { ownPeople } from './ar/own-people.ts'
import { reports } from './ar/reports.ts'
import { rules } from './ar/rules.ts'
import { sorting } from './ar/sorting.ts'
import { surveys } from './ar/surveys.ts'
import { targets } from './ar/targets.ts'
import { trials } from './ar/trials.ts'
import { visitors } from './ar/visitors.ts'
import type { Texts } from './texts.ts'

export const ar: Texts = {
  ...cases,
  ...conditions,
  ...desk,
  ...hours,
  ...journeys,
  ...measures,
  ...followUps,
  ...office,
  ...outcomes,
  ...ownPeople,
  ...reports,
  ...rules,
  ...sorting,
  ...surveys,
  ...targets,
  ...trials,
  ...visitors,
}
