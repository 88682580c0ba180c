import { alerts } from './fa/alerts.ts'
import { cases } from './fa/cases.ts'
import { conditions } from './fa/conditions.ts'
import { desk } from './fa/desk.ts'
import { followUps } from './fa/follow-ups.ts'
import { hours } from './fa/hours.ts'
import { journeys } from './fa/journeys.ts'
import { measures } from './fa/measures.ts'
import { office } from './fa/office.ts'
import { outcomes } from './fa/outcomes.ts'
import { ownPeople } from './fa/own-people.ts'
import { reach } from './fa/reach.ts'
import { reports } from './fa/reports.ts'
import { rules } from './fa/rules.ts'
import { sorting } from './fa/sorting.ts'
import { surveys } from './fa/surveys.ts'
import { targets } from './fa/targets.ts'
import { terms } from './fa/terms.ts'
import { trials } from './fa/trials.ts'
import { visitors } from './fa/visitors.ts'
import type { Texts } from './texts.ts'

export const fa: Texts = {
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
