import type { RequestHandler } from 'express'
import { filesPath } from '../../shared/file-paths.ts'
import type { OwnAddress } from './own-origin.ts'

/** No inline code, no foreign host, no HTML sink. Fonts, pictures and socket are our own. */
const pagePolicy = (ancestors: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')

const consolePolicy = pagePolicy("'none'")
const demoPolicy = pagePolicy("'self'")
/** What was uploaded is shown by nobody but whoever asked for it, and runs nowhere. */
const uploadPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'"
const dataPolicy = "default-src 'none'; frame-ancestors 'none'"

/** What every answer carries, whatever it answers. */
export function armour(own: OwnAddress): RequestHandler {
  return (request, response, next) => {
    response.set({
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Content-Security-Policy': policyOf(request.path),
      'Cross-Origin-Resource-Policy': 'same-origin',
    })
    if (request.path.startsWith('/console/'))
      response.set({
        'X-Frame-Options': 'DENY',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
      })
    if (request.path.startsWith('/demo/')) response.set('Referrer-Policy', 'same-origin')
    if (own.publicOrigin().startsWith('https:')) response.set('Strict-Transport-Security', 'max-age=31536000')
    next()
  }
}

function policyOf(path: string): string {
  if (path.startsWith(`${filesPath}/`)) return uploadPolicy
  if (path.startsWith('/console/')) return consolePolicy
  return path.startsWith('/demo/') ? demoPolicy : dataPolicy
}
