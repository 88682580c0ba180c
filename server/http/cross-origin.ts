import type { RequestHandler } from 'express'
import { fileNameHeader } from '../../shared/file-paths.ts'
import type { Domain } from '../domain/domain.ts'
import type { OwnAddress } from './own-origin.ts'

/**
 * Pages of customers ask with a token in a header, for which browsers ask first; and they have to be able to read
 * why they were refused. No cookie goes along.
 */
export function fromPages({ domain, own }: { domain: Domain; own: OwnAddress }): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('origin')
    response.vary('Origin')
    if (origin && (own.isOwn(origin, request.get('host')) || domain.sites.allowsOrigin(origin)))
      response.set('Access-Control-Allow-Origin', origin)
    if (request.method !== 'OPTIONS') return next()
    response
      .status(204)
      .set({
        'Access-Control-Allow-Methods': 'GET, POST',
        'Access-Control-Allow-Headers': `authorization, content-type, ${fileNameHeader}`,
        'Access-Control-Max-Age': '7200',
      })
      .end()
  }
}
