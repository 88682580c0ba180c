import { alerts } from './en/alerts.ts'
import { cases } from './en/cases.ts'
import { conditions } from './en/conditions.ts'
import { desk } from './en/desk.ts'
import { followUps } from './en/follow-ups.ts'
import { hours } from './en/hours.ts'
import { journeys } from './en/journeys.ts'
import { measures } from './en/measures.ts'
import { office } from './en/office.ts'
import { outcomes } from './en/outcomes.ts'
import { ownPeople } from './en/own-people.ts'
import { reach } from './en/reach.ts'
import { reports } from './en/reports.ts'
import { rules } from './en/rules.ts'
import { sorting } from './en/sorting.ts'
import { surveys } from './en/surveys.ts'
import { targets } from './en/targets.ts'
import { terms } from './en/terms.ts'
import { trials } from './en/trials.ts'
import { visitors } from './en/visitors.ts'

export const en = {
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
