import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface HostPage {
  /** Within `<head>`, before the chat's tag. */
  head?: string
  /** Instead of a page with a heading and a field. */
  body?: string
  headers?: Record<string, string>
  lang?: string
  dir?: 'ltr' | 'rtl'
}

/** A site of somebody else's, on an origin of its own. */
export interface HostSite {
  origin: string
  /** Puts a page there, with this script tag in it; answers its address. */
  put(path: string, tag: string, page?: HostPage): string
  close(): Promise<void>
}

export async function openHostSite(): Promise<HostSite> {
  const pages = new Map<string, { document: string; headers: Record<string, string> }>()
  const server = createServer((request, response) => {
    const page = pages.get(new URL(request.url ?? '/', 'http://host').pathname)
    if (!page) return response.writeHead(request.url === '/favicon.ico' ? 204 : 404).end()
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers })
      .end(page.document)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${portOf(server.address())}`
  return {
    origin,
    put(path, tag, page = {}) {
      pages.set(path, { document: documentOf(tag, page), headers: page.headers ?? {} })
      return origin + path
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string') throw new Error('The host site has no port.')
  return address.port
}

/** Nothing is painted before all is there: on a busy machine half a page may be, and what comes then moves it. */
const whole = '<link rel="expect" href="#the-end" blocking="render">'
const end = '<i id="the-end" hidden></i>'

const documentOf = (tag: string, { head = '', body = plain, lang = 'en', dir = 'ltr' }: HostPage): string =>
  `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>Vases</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${whole}${head}${tag}</head><body>${body}${end}</body></html>`

const plain = `<main><h1>Vases</h1><p>Thrown by hand in Isfahan.</p>
<label>Search <input name="search"></label> <a href="#more">More</a><p id="more">Glazed inside.</p></main>`
