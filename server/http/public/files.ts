import type { Request, RequestHandler, Response } from 'express'
import type { Asset, Assets } from './assets.ts'

/** Serves the built files, compressed ahead of time; passes on what it does not hold. */
export function serveFiles(assets: Assets): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next()
    const asset = assets.get(request.path) ?? assets.get(`${request.path}index.html`)
    if (asset) return send(request, response, asset)
    if (assets.has(`${request.path}/index.html`)) return response.redirect(308, `${request.path}/`)
    next()
  }
}

function send(request: Request, response: Response, asset: Asset): void {
  const { body, encoding } = encoded(request, asset)
  // Each encoding is a representation of its own, with its own strong tag.
  const etag = `"${asset.etag}${encoding ? `-${encoding}` : ''}"`
  response.set({
    'Content-Type': asset.type,
    'Cache-Control': lifetime(request.path),
    ETag: etag,
    Vary: 'Accept-Encoding',
    ...sharing(request.path),
  })
  if (request.get('if-none-match')?.split(/,\s*/).includes(etag)) {
    response.status(304).end()
    return
  }
  if (encoding) response.set('Content-Encoding', encoding)
  response.set('Content-Length', String(body.length))
  response.end(request.method === 'HEAD' ? undefined : body)
}

function encoded(request: Request, { plain, br, gz }: Asset): { body: Buffer; encoding: string | null } {
  if (br && request.acceptsEncodings('br')) return { body: br, encoding: 'br' }
  if (gz && request.acceptsEncodings('gzip')) return { body: gz, encoding: 'gzip' }
  return { body: plain, encoding: null }
}

const isVersioned = (path: string): boolean =>
  path.startsWith('/w/') || /^\/widget-[\w.-]+\.js$/.test(path) || /-[A-Z0-9]{8}\.\w+$/.test(path)

/** The loader is what customers' pages name, so a fix must reach them within minutes. */
function lifetime(path: string): string {
  if (isVersioned(path)) return 'public, max-age=31536000, immutable'
  return path === '/widget.js' ? 'public, max-age=300, stale-while-revalidate=86400' : 'no-cache'
}

/** Modules are imported across origins, and pages may demand a resource policy of all they load. */
const sharing = (path: string): Record<string, string> =>
  path.startsWith('/w/') || path.startsWith('/widget')
    ? { 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' }
    : {}
