import type { Clock, Log } from '../domain/ports.ts'
import { startCast } from './cast.ts'
import { type SeedParts, seedDemo } from './seeding/seed-demo.ts'

interface LivingGround extends SeedParts {
  app: SeedParts['app'] & { port(): number }
  clock: Clock
  log: Log
}

/** What `AHLAN_SEED=demo` opens: a month of conversations, and visitors who come and go while it runs. */
export async function openDemoHouse(ground: LivingGround): Promise<void> {
  await seedDemo(ground)
  const { app, clock, log } = ground
  startCast({ server: `http://127.0.0.1:${app.port()}`, origin: app.url(), clock, log })
}
