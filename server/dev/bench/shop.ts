import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Hello } from './subject.ts'
import { WireSocket } from './wire-socket.ts'

/** A customer's site on an origin of its own, whose pages are told apart by nothing but the chat's tag. */
export interface Shop {
  bare: string
  chat: string
  close(): void
}

/** Opens a shop and lets its pages load the chat of this house. */
export async function openShop({ port, cookies }: Hello): Promise<Shop> {
  const tag = `<script async src="http://127.0.0.1:${port}/widget.js" data-site="demo"></script>`
  const pages = new Map([
    ['/bare', ''],
    ['/chat', tag],
  ])
  const server = createServer((request, response) => {
    const head = pages.get(request.url ?? '')
    if (head === undefined) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'text/html' }).end(`${bareHead}${head}<h1>A page</h1>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${portOf(server.address())}`
  await allow({ port, cookies }, origin)
  return { bare: `${origin}/bare`, chat: `${origin}/chat`, close: () => server.close() }
}

const bareHead = '<!doctype html><html lang="en"><title>A page</title><link rel="icon" href="data:,">'

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string') throw new Error('The shop has no port.')
  return address.port
}

async function allow(house: Hello, origin: string): Promise<void> {
  const { id, key: _key, createdAt: _createdAt, ...draft } = await demoSite(house)
  await owner(house, 'PUT', `/sites/${id}`, { ...draft, origins: [...draft.origins, origin] })
}

/** Somebody who can answer, and a rule that waits: the most that a page is asked to do before a click. */
export async function staff(house: Hello): Promise<WireSocket> {
  const cookie = house.cookies[0] ?? ''
  const agent = await WireSocket.open({ port: house.port, namespace: '/agent', headers: { cookie } })
  await agent.request('hello', { protocolVersion: 1, resume: null })
  const rule = { name: 'Patience', enabled: true, priority: 10, say: { en: 'Shall I help?' } }
  const when = [
    { kind: 'url', glob: '*' },
    { kind: 'secondsOnPage', atLeast: 600 },
  ]
  await owner(house, 'POST', '/rules', { ...rule, when, siteId: (await demoSite(house)).id })
  return agent
}

interface DemoSite {
  id: string
  key: string
  createdAt: number
  origins: string[]
}

async function demoSite(house: Hello): Promise<DemoSite> {
  const { items }: { items: DemoSite[] } = await owner(house, 'GET', '/sites')
  const [site] = items
  if (!site) throw new Error('The house has no site.')
  return site
}

async function owner<Answer>({ port, cookies }: Hello, method: string, path: string, body?: object) {
  const origin = `http://127.0.0.1:${port}`
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { origin, cookie: cookies[0] ?? '', 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`)
  const answer: Answer = await response.json()
  return answer
}
