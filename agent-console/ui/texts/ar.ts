import { alerts } from './ar/alerts.ts'
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
import { reach } from './ar/reach.ts'
import { reports } from './ar/reports.ts'
import { rules } from './ar/rules.ts'
import { sorting } from './ar/sorting.ts'
import { surveys } from './ar/surveys.ts'
import { targets } from './ar/targets.ts'
import { terms } from './ar/terms.ts'
import { trials } from './ar/trials.ts'
import { visitors } from './ar/visitors.ts'
import type { Texts } from './texts.ts'

export const ar: Texts = {
  ...alerts,
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
  ...reach,
  ...reports,
  ...rules,
  ...sorting,
  ...surveys,
  ...targets,
  ...terms,
  ...trials,
  ...visitors,
}
