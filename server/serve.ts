import { type App, createApp } from './app.ts'
import { type Config, type Environment, readConfig } from './config.ts'
import type { Clock, Log } from './domain/ports.ts'
import { openHistory } from './history/open.ts'
import { createLog } from './log.ts'
import { systemClock, systemRandom } from './system.ts'
import { openWorkspace } from './workspace/open.ts'

export interface Surroundings {
  env: Environment
  /** Where the built files lie. */
  publicDir: string
  /** For people: one line. */
  say(line: string): void
  /** For the log: one line, its end included. */
  writeLog(line: string): void
}

export interface Served {
  app: App
  log: Log
  clock: Clock
}

/** Starts the whole server. Throws `CannotStart` with one clear line for what an administrator can mend. */
export async function serve(around: Surroundings): Promise<Served> {
  const config = readOrRefuse(around.env)
  const clock = systemClock
  const log = createLog({ level: config.logLevel, clock, write: around.writeLog })
  const app = await open(config, around.publicDir, log)
  for (const line of addresses(app)) around.say(line)
  log.info('started', { host: config.host, port: config.port })
  return { app, log, clock }
}

export class CannotStart extends Error {
  override name = 'CannotStart'
}

function readOrRefuse(env: Environment): Config {
  const { config, faults } = readConfig(env)
  if (faults.length > 0) throw new CannotStart(['The settings cannot be used:', ...faults].join('\n  '))
  return config
}

async function open(config: Config, publicDir: string, log: Log): Promise<App> {
  const { dataDir, databaseUrl } = config
  const workspace = await openWorkspace({ dataDir })
  const history = await openHistory({
    ...{ dataDir, databaseUrl, clock: systemClock },
    onIdleError: (fault) => log.warn('store connection lost', { fault }),
  })
  const parts = { history, workspace, clock: systemClock, random: systemRandom, log }
  const app = await createApp(parts, { ...config, publicDir })
  try {
    await app.listen()
    return app
  } catch (fault) {
    await app.stop()
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
