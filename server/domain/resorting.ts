import type { Audience } from './audience.ts'
import type { Sites } from './domain.ts'
import type { LiveVisits } from './live-visits.ts'
import type { Clock } from './ports.ts'
import type { LiveProactive } from './proactive.ts'
import type { QueueLength } from './proactive-queue.ts'
import type { Sorter } from './sorter.ts'
import type { Visit } from './visit.ts'

interface ResortingNeeds {
  visits: Pick<LiveVisits, 'everybody'>
  sorter: Sorter
  audience: Pick<Audience, 'visitChanged'>
  sites: Pick<Sites, 'list'>
  proactive: Pick<LiveProactive, 'listensFor'>
  queue: QueueLength
  clock: Clock
}

/** Points fade and hours pass without anybody doing anything: so many are looked at again at a time, in turn. */
const atATime = 250
const every = 500

/** Keeps the standing of those who are on the sites right, whoever moves or does not. The returned function stops it. */
export function resortInTurn(needs: ResortingNeeds): () => void {
  const { visits, sorter, audience, clock } = needs
  let waiting: Visit[] = []
  const turn = (): void => {
    if (waiting.length === 0) waiting = visits.everybody()
    for (const visit of waiting.splice(0, atATime)) {
      if (visit.state === 'gone' || !(visit.standing || sorter.sortingOf(visit.siteId))) continue
      if (sorter.look(visit)) audience.visitChanged(visit.id)
    }
    // Nobody comes with a page view to ask for it while all wait.
    if (needs.sites.list().some(({ id }) => needs.proactive.listensFor('queue', id))) needs.queue.length()
    cancel = clock.after(every, turn)
  }
  let cancel = clock.after(every, turn)
  return () => cancel()
}
