import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Request, RequestHandler } from 'express'
import type { Domain } from '../../domain/domain.ts'

export interface Counters {
  count: RequestHandler
  show: RequestHandler
  close(): void
}

/** A few figures for Prometheus, for this machine only. */
export function createCounters(domain: Domain): Counters {
  const answers = new Map<string, number>()
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()

  return {
    count(_request, response, next) {
      response.once('finish', () => {
        const kind = `${Math.floor(response.statusCode / 100)}xx`
        answers.set(kind, (answers.get(kind) ?? 0) + 1)
      })
      next()
    },
    show(request, response, next) {
      if (!fromThisMachine(request)) return next()
      response.type('text/plain; version=0.0.4').send(exposition(domain, answers, delay.percentile(99) / 1e9))
      delay.reset()
    },
    close: () => delay.disable(),
  }
}

/** A proxy on this machine forwards strangers from a loopback address. */
const fromThisMachine = (request: Request): boolean =>
  /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '') &&
  request.get('x-forwarded-for') === undefined &&
  request.get('forwarded') === undefined

function exposition(domain: Domain, answers: ReadonlyMap<string, number>, delay: number): string {
  const { rss, heapUsed } = process.memoryUsage()
  const lines = [
    ...gauge('ahlan_memory_resident_bytes', 'Memory of the process.', rss),
    ...gauge('ahlan_memory_heap_bytes', 'JavaScript heap in use.', heapUsed),
    ...gauge('ahlan_loop_delay_p99_seconds', 'Delay of the event loop since the last look.', delay || 0),
    ...gauge('ahlan_visitors_live', 'Visitors on the sites now.', domain.visits.count()),
    '# HELP ahlan_http_answers_total Answers by kind of status.',
    '# TYPE ahlan_http_answers_total counter',
    ...[...answers].map(([kind, n]) => `ahlan_http_answers_total{status="${kind}"} ${n}`),
  ]
  return `${lines.join('\n')}\n`
}

const gauge = (name: string, help: string, value: number): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} gauge`,
  `${name} ${value}`,
]
