import type { Clock, Log } from '../domain/ports.ts'
import { play, type Stage } from './cast/actor.ts'
import { castPart } from './cast/part.ts'
import { Chance } from './seeding/chance.ts'

export interface CastSetting {
  /** Where the server listens. */
  server: string
  /** The origin its pages have. */
  origin: string
  clock: Clock
  log: Log
  seed?: number
}

const most = 12
const second = 1_000

const browsers = [
  'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.3 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 Version/18.3 Safari/604.1',
] as const

/** Lets visitors come and go, a dozen at most at a time; the returned function lets nobody in any more. */
export function startCast({ server, origin, clock, log, seed = clock.now() }: CastSetting): () => void {
  const chance = new Chance(seed)
  let open = true
  let inside = 0
  const onFault = (fault: unknown): void => log.debug('a played visitor left early', { fault })

  const enter = (): void => {
    inside++
    const door = { server, origin, userAgent: chance.pick(browsers) }
    const stage: Stage = { clock, chance, door, onFault }
    play(castPart(chance, origin), stage)
      .catch(onFault)
      .finally(() => {
        inside--
      })
  }
  const expectNext = (): void => {
    clock.after(chance.between(4, 16) * second, () => {
      if (!open) return
      if (inside < most) enter()
      expectNext()
    })
  }
  for (let i = 0; i < 4; i++) enter()
  expectNext()
  return () => {
    open = false
  }
}
