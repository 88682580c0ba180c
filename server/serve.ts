import { type App, type AppParts, createApp } from './app.ts'
import { type Config, type Environment, readConfig } from './config.ts'
import type { Log } from './domain/ports.ts'
import type { History } from './history/history.ts'
import { createLog } from './log.ts'
import { openStores } from './stores.ts'
import { systemClock, systemRandom } from './system.ts'

export interface Surroundings {
  env: Environment
  /** Where the built files lie. */
  publicDir: string
  /** For people: one line. */
  say(line: string): void
  /** For the log: one line, its end included. */
  writeLog(line: string): void
  /** Fills an empty house for `AHLAN_SEED=demo`. */
  seedDemo?(ground: Ground): Promise<void>
  /** Puts something between the server and its record: that is how its faults are rehearsed. */
  standBefore?(history: History): History
}

/** What a seed may build on. */
export interface Ground extends AppParts {
  app: App
}

export interface Served {
  app: App
  log: Log
  /** Prints where it is; once it can be told to stop, since whoever reads this may do so at once. */
  announce(): void
  /** Takes nothing new, finishes what is under way, lets the next process in. */
  stop(): Promise<void>
}

/** Starts the whole server. Throws `CannotStart` with one clear line for what an administrator can mend. */
export async function serve(around: Surroundings): Promise<Served> {
  const config = readOrRefuse(around.env)
  const clock = systemClock
  const log = createLog({ level: config.logLevel, clock, write: around.writeLog })
  const { app, stop } = await open(config, around, log)
  const announce = (): void => {
    // In one piece: who reads the first address may stop reading.
    around.say(addresses(app).join('\n'))
    log.info('server:started', { host: config.host, port: config.port })
  }
  return { app, log, announce, stop }
}

export class CannotStart extends Error {
  override name = 'CannotStart'
}

function readOrRefuse(env: Environment): Config {
  const { config, faults } = readConfig(env)
  if (faults.length > 0) throw new CannotStart(['The settings cannot be used:', ...faults].join('\n  '))
  return config
}

async function open(
  config: Config,
  around: Surroundings,
  log: Log,
): Promise<{ app: App; stop: () => Promise<void> }> {
  const { dataDir, databaseUrl } = config
  const { workspace, files, unlock, ...stores } = await openStores({
    ...{ dataDir, databaseUrl, clock: systemClock },
    onFault: (what, fault) => log.warn(what, { error: fault }),
  })
  const history = around.standBefore?.(stores.history) ?? stores.history
  const parts = { history, workspace, files, clock: systemClock, random: systemRandom, log }
  const app = await createApp(parts, { ...config, publicDir: around.publicDir })
  const stop = () => app.stop().finally(unlock)
  try {
    await app.listen()
    if (config.seed === 'demo') await around.seedDemo?.({ ...parts, app })
    return { app, stop }
  } catch (fault) {
    await stop()
    throw fault
  }
}

function addresses(app: App): string[] {
  const url = app.url()
  const setup = app.setupAddress()
  return [
    'Ahlan is ready.',
    `  Demo shop  ${url}/demo/`,
    `  Console    ${url}/console/`,
    ...(setup ? [`  Set up     ${setup}`, '             Opens once: it creates the owner.'] : []),
  ]
}
