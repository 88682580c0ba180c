import type { Clock, Log } from './domain/ports.ts'

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

export interface LogParts {
  level: LogLevel
  clock: Pick<Clock, 'now'>
  write(line: string): void
}

/** One JSON line an event, without secrets and without what people wrote to each other. */
export function createLog({ level, clock, write }: LogParts): Log {
  const least = logLevels.indexOf(level)
  const at =
    (own: LogLevel) =>
    (event: string, details: object = {}) => {
      if (logLevels.indexOf(own) < least) return
      const time = new Date(clock.now()).toISOString()
      write(`${JSON.stringify({ time, level: own, event, ...fields(details) })}\n`)
    }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

const secret = /token|password|secret|cookie|authori[sz]ation|session|credential|api.?key/i
const personal = /^(text|body|comment|email|phone|name|title|query|auth|address|ip)$|email/i
const deepest = 6

function fields(details: object): object {
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [key, safe(key, value, 0)]))
}

function safe(key: string, value: unknown, depth: number): unknown {
  if (value !== undefined && value !== null && (secret.test(key) || personal.test(key))) return '[redacted]'
  if (value instanceof Error) return fault(value, depth)
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return '[deep]'
  if (Array.isArray(value)) return value.slice(0, 50).map((one) => safe('', one, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([inner, held]) => [inner, safe(inner, held, depth + 1)]),
  )
}

const fault = (error: Error, depth: number): object => ({
  kind: error.name,
  message: error.message,
  at: error.stack
    ?.split('\n')
    .slice(1, 6)
    .map((line) => line.trim()),
  ...(error.cause instanceof Error && depth < deepest ? { cause: fault(error.cause, depth + 1) } : {}),
})
