import type { RequestHandler } from 'express'
import type { Clock } from '../../domain/ports.ts'
import type { History } from '../../history/history.ts'

export interface HealthParts {
  history: History
  clock: Clock
  stopping(): boolean
}

/** The process answers: nothing else is asked. */
export const alive: RequestHandler = (_request, response) => {
  response.set('Cache-Control', 'no-store').json({ ok: true })
}

/** Whether requests may be sent here: the store answers, and we are not going down. */
export function ready({ history, clock, stopping }: HealthParts): RequestHandler {
  return async (_request, response) => {
    const answers = !stopping() && (await withinTime(history.ping(), clock))
    response
      .status(answers ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ ok: answers })
  }
}

const patience = 2_000

function withinTime(ping: Promise<void>, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(patience, () => resolve(false))
    const settle = (answers: boolean) => () => {
      cancel()
      resolve(answers)
    }
    ping.then(settle(true), settle(false))
  })
}
