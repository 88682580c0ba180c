import type { Audience } from './audience.ts'
import type { Sites } from './domain.ts'
import type { Clock } from './ports.ts'
import type { LiveProactive } from './proactive/proactive.ts'
import type { QueueLength } from './proactive/proactive-queue.ts'
import { eventLoopPace, type Pace } from './slices.ts'
import type { Sorter } from './sorter.ts'
import type { LiveVisits } from './visits/live-visits.ts'
import type { Visit } from './visits/visit.ts'

interface ResortingNeeds {
  visits: Pick<LiveVisits, 'everybody'>
  sorter: Sorter
  audience: Pick<Audience, 'visitChanged'>
  sites: Pick<Sites, 'list'>
  proactive: Pick<LiveProactive, 'listensFor'>
  queue: QueueLength
  clock: Clock
  /** Left out: that of the event loop. */
  pace?: Pick<Pace, 'now'>
}

/** Points fade and hours pass without anybody doing anything: so many are looked at again at a time, in turn. */
const atATime = 250
const every = 500
/** Where there is very much to sort by, fewer: everybody else waits meanwhile. */
const mostMs = 20

/** Keeps the standing of those who are on the sites right, whoever moves or does not. The returned function stops it. */
export function resortInTurn(needs: ResortingNeeds): () => void {
  const { visits, clock, pace = eventLoopPace } = needs
  let waiting: Visit[] = []
  const turn = (): void => {
    if (waiting.length === 0) waiting = visits.everybody()
    const until = pace.now() + mostMs
    let looked = 0
    while (looked < waiting.length && looked < atATime && pace.now() < until) again(needs, waiting[looked++])
    waiting.splice(0, looked)
    // Nobody comes with a page view to ask for it while all wait.
    if (needs.sites.list().some(({ id }) => needs.proactive.listensFor('queue', id))) needs.queue.length()
    cancel = clock.after(every, turn)
  }
  let cancel = clock.after(every, turn)
  return () => cancel()
}

function again({ sorter, audience }: ResortingNeeds, visit: Visit | undefined): void {
  if (!visit || visit.state === 'gone' || !(visit.standing || sorter.sortingOf(visit.siteId))) return
  if (sorter.look(visit)) audience.visitChanged(visit.id)
}
