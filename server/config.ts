import * as v from 'valibot'
import { Password } from '../shared/agent.ts'
import { email } from '../shared/text/fields.ts'
import { type LogLevel, logLevels } from './log.ts'

/** Everything an administrator may choose. */
export interface Config {
  port: number
  host: string
  /** Where browsers reach this server; null: `http://localhost` and the port it listens on. */
  publicUrl: string | null
  dataDir: string
  /** Null: the embedded store in `dataDir`. */
  databaseUrl: string | null
  trustProxyHops: number
  /** In which the proxy in front names the visitor's country; null: nobody does. */
  countryHeader: string | null
  logLevel: LogLevel
  firstOwner: { email: string; password: string } | null
  seed: 'demo' | null
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Reads the whole environment and gathers every fault, so that one attempt shows them all. */
export function readConfig(env: Environment): { config: Config; faults: string[] } {
  const faults: string[] = []
  // Compose files and shells often pass a variable they know as an empty text.
  const read = <T>(name: string, schema: v.GenericSchema<unknown, T>, fallback: T): T => {
    const given = env[name]
    if (given === undefined || given === '') return fallback
    const parsed = v.safeParse(schema, given)
    if (parsed.success) return parsed.output
    faults.push(`${name} ${parsed.issues[0].message}`)
    return fallback
  }

  const config: Config = {
    port: read('PORT', integer(0, 65_535), 3000),
    host: read('HOST', v.string(), '127.0.0.1'),
    publicUrl: read('PUBLIC_URL', publicUrl, null),
    dataDir: read('DATA_DIR', v.string(), './data'),
    databaseUrl: read('DATABASE_URL', databaseUrl, null),
    trustProxyHops: read('TRUST_PROXY_HOPS', integer(0, 10), 0),
    countryHeader: read<string | null>('COUNTRY_HEADER', headerName, null),
    logLevel: read('LOG_LEVEL', v.picklist(logLevels, `must be one of ${logLevels.join(', ')}`), 'info'),
    firstOwner: readFirstOwner(read, faults),
    seed: read('AHLAN_SEED', v.picklist(['demo'], 'must be demo, or unset'), null),
  }
  if (config.countryHeader !== null && config.trustProxyHops === 0)
    faults.push('COUNTRY_HEADER is believed only behind a proxy: set TRUST_PROXY_HOPS, or unset it')
  if (env.REDIS_URL) faults.push('REDIS_URL is not available yet: this version runs as one process; unset it')
  return { config, faults }
}

const headerName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z][A-Za-z0-9-]{0,59}$/, 'must be the name of a header, such as CF-IPCountry'),
)

type Read = <T>(name: string, schema: v.GenericSchema<unknown, T>, fallback: T) => T

function readFirstOwner(read: Read, faults: string[]): Config['firstOwner'] {
  const address = read<string | null>('AHLAN_OWNER_EMAIL', email, null)
  const password = read<string | null>('AHLAN_OWNER_PASSWORD', Password, null)
  if (address !== null && password !== null) return { email: address, password }
  if ((address === null) !== (password === null) && faults.length === 0)
    faults.push('AHLAN_OWNER_EMAIL and AHLAN_OWNER_PASSWORD must be given together')
  return null
}

const integer = (least: number, most: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`),
    v.transform(Number),
    v.check((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`),
  )

/** Only an origin: a path would break the cookie, the socket and the addresses of the chunks. */
const publicUrl = v.pipe(
  v.string(),
  v.check(isOrigin, 'must be an address without a path, such as https://chat.example.com'),
  v.transform((value) => new URL(value).origin),
)

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const { protocol, pathname, search, hash, username } = new URL(value)
  return ['http:', 'https:'].includes(protocol) && pathname === '/' && !search && !hash && !username
}

const databaseUrl = v.pipe(
  v.string(),
  v.regex(/^postgres(ql)?:\/\/\S+$/, 'must be a postgres:// address, or unset for the embedded store'),
)
