import { day } from '../../../shared/limits.ts'
import { success } from '../../../shared/result.ts'
import { Chance } from '../../demo/seeding/chance.ts'
import { fillInBulk } from '../../history/bulk.ts'
import { openStores } from '../../stores.ts'
import { systemClock } from '../../system.ts'
import { live } from './life.ts'
import { shifts } from './shifts.ts'
import { hire } from './staff.ts'

export interface Flood {
  dataDir: string
  conversations: number
  pageViews: number
  /** Ends here, ms. */
  until: number
  days: number
  seed: number
  say(line: string): void
}

/** Fills an empty house with a history, while its server is stopped. The same flood gives the same history. */
export async function fillHistory({ dataDir, until, days, seed, say, ...amounts }: Flood): Promise<void> {
  const chance = new Chance(seed)
  const from = until - days * day
  const onFault = (what: string, fault: unknown) => say(`${what}: ${String(fault)}`)
  const stores = await openStores({ dataDir, databaseUrl: null, clock: systemClock, onFault })
  try {
    const hired = await stores.workspace.change((draft) => success(hire(draft, chance, from)))
    if (!hired.ok) throw new Error(hired.error.message)
    await stores.history.close()
    const began = performance.now()
    const seconds = () => Math.round((performance.now() - began) / 1_000)
    const life = live({ from, to: until, ...amounts }, hired.value, chance)
    fillInBulk(dataDir, [life, shifts(hired.value, from, until)], (count) => {
      if (count % 1_000_000 === 0) say(`${count.toLocaleString('en')} rows after ${seconds()} s`)
    })
    say(`Filled with ${amounts.conversations.toLocaleString('en')} conversations in ${seconds()} s.`)
  } finally {
    await stores.workspace.close()
    stores.unlock()
  }
}
