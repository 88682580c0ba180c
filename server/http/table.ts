import { agentRoutes } from './api/agents.ts'
import { conversationRoutes } from './api/conversations.ts'
import { agentFileRoutes } from './api/files.ts'
import { followUpRoutes } from './api/follow-ups.ts'
import { houseRoutes } from './api/house.ts'
import { jobRoutes } from './api/jobs.ts'
import { reportRoutes } from './api/reports.ts'
import { ruleRoutes } from './api/rules.ts'
import { sessionRoutes } from './api/session.ts'
import { siteRoutes } from './api/sites.ts'
import { sortingRoutes } from './api/sorting.ts'
import { targetRoutes } from './api/targets.ts'
import { trialRoutes } from './api/trials.ts'
import { visitorRoutes } from './api/visitors.ts'
import { siteRoutes as publicSiteRoutes } from './public/site.ts'
import { fileRoutes } from './public/uploads.ts'
import type { Route } from './route.ts'

/** Every route that takes input, in one place: what is mounted, described and thrown garbage at. */
export const routeTable: readonly Route[] = [
  ...publicSiteRoutes,
  ...sessionRoutes,
  ...conversationRoutes,
  ...visitorRoutes,
  ...siteRoutes,
  ...agentRoutes,
  ...trialRoutes,
  ...ruleRoutes,
  ...sortingRoutes,
  ...houseRoutes,
  ...targetRoutes,
  ...reportRoutes,
  ...followUpRoutes,
  ...jobRoutes,
  ...fileRoutes,
  ...agentFileRoutes,
]
