import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import { filesPath } from '../../shared/file-paths.ts'
import { limits } from '../../shared/limits.ts'
import { failure } from '../../shared/result.ts'
import { fromPages } from './cross-origin.ts'
import { answerFailure, type DoorParts, throughTheDoor } from './door.ts'
import { armour } from './headers.ts'
import { describeApi } from './openapi.ts'
import type { Assets } from './public/assets.ts'
import { serveFiles } from './public/files.ts'
import { alive, type HealthParts, ready } from './public/health.ts'
import type { Counters } from './public/metrics.ts'
import { textPaths } from './public/site.ts'
import { routeTable } from './table.ts'

export interface RouterParts extends DoorParts, HealthParts {
  assets: Assets
  counters: Counters
}

/** All of HTTP, in the order in which a request meets it. */
export function createRouter(parts: RouterParts): Express {
  const { assets, counters, own } = parts
  const router = express()
  router.disable('x-powered-by')
  router.disable('etag')

  router.use(counters.count, armour(own))
  router.get('/healthz', alive)
  router.get('/readyz', ready(parts))
  router.get('/metrics', counters.show)
  router.get('/', (_request, response) => response.redirect(302, home(assets)))
  router.get('/api/v1/openapi.json', (_request, response) => response.json(describeApi(routeTable)))
  router.use(serveFiles(assets))
  router.get('/favicon.ico', noIcon)
  router.post(textPaths, express.text({ type: textTypes, limit: limits.frameBytes }), readJsonText)
  router.use(filesPath, fromPages(parts))
  router.use('/api', express.json({ limit: limits.frameBytes }))
  for (const route of routeTable) router[route.method](route.path, throughTheDoor(parts, route))
  router.use(nothingHere)
  router.use(badRequest(parts))
  return router
}

/** Browsers ask for it by themselves, and a 404 would stand red in the console of whoever looks. */
const noIcon: RequestHandler = (_request, response) => {
  response.status(204).set('Cache-Control', 'public, max-age=86400').end()
}

const home = (assets: Assets): string => (assets.has('/demo/index.html') ? '/demo/' : '/console/')

const textTypes = ['text/plain', 'application/json']

const readJsonText: RequestHandler = (request, response, next) => {
  try {
    request.body = typeof request.body === 'string' ? JSON.parse(request.body) : undefined
    next()
  } catch {
    answerFailure(response, failure('invalid', 'The body is not JSON.').error)
  }
}

const nothingHere: RequestHandler = (_request, response) =>
  answerFailure(response, failure('not_found', 'There is nothing here.').error)

/** What Express and its body parser refuse before the door: bodies too large, malformed, cut short. */
const badRequest =
  ({ log }: DoorParts): ErrorRequestHandler =>
  (fault: unknown, _request, response, _next) => {
    if (response.headersSent) return void response.destroy()
    const status = statusIn(fault)
    if (status === 413) return answerFailure(response, failure('too_large', 'The body is too large.').error)
    if (status !== null && status < 500)
      return answerFailure(response, failure('invalid', 'The request cannot be read.').error)
    log.error('request:failed', { error: fault })
    answerFailure(response, failure('internal', 'Something went wrong on the server. Try again.').error)
  }

const statusIn = (fault: unknown): number | null =>
  typeof fault === 'object' && fault !== null && 'status' in fault && typeof fault.status === 'number'
    ? fault.status
    : null
