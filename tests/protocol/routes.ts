import * as v from 'valibot'
import { statusOf } from '../../server/http/failures.ts'
import { textPaths } from '../../server/http/public/site.ts'
import type { Route } from '../../server/http/route.ts'
import { routeTable } from '../../server/http/table.ts'
import { makeId } from '../../shared/ids.ts'
import { failureCodes } from '../../shared/result.ts'
import { type Answer, ask, type Client } from '../support/client.ts'
import type { Garbage } from '../support/garbage.ts'
import type { World } from '../support/world.ts'
import { isPlainObject, type Target } from './target.ts'
import { validBodies } from './valid.ts'

const bytes = new Uint8Array(10).fill(7)
/** Well formed, and nobody's. */
const nobodys = (['s', 'a', 'v', 'c', 'r', 'f'] as const).map((letter) =>
  makeId(letter, 1_700_000_000_000, bytes),
)

interface Shot {
  path: string
  init: { method: string; headers: Record<string, string>; body?: string }
  /** The failure must name a field. */
  names?: boolean
}

type Aim = (route: Route, garbage: Garbage) => Shot

export const nameOf = ({ method, path }: Route): string => `${method} ${path}`

/** Every route of the table, each field of it, and what surrounds them. */
export function routesTarget(world: World, sara: Client, share: number): Target {
  const own = { origin: world.url, cookie: sara.cookie }
  const aims = aimsAt(own)
  return {
    name: 'routes',
    share,
    hit: new Set(),
    close: () => undefined,
    async throwOne(garbage) {
      const route = garbage.one(routeTable)
      this.hit.add(nameOf(route))
      const { path, init, names } = garbage.one(aims)(route, garbage)
      const answer = await ask(world.url + path, init)
      return faultOf(
        answer,
        names ?? false,
        `${init.method} ${path.slice(0, 200)} ${init.body?.slice(0, 200)}`,
      )
    },
  }
}

const aimsAt = (own: Record<string, string>): Aim[] => [
  (route, garbage) => misfittingBody(route, garbage, own),
  (route, garbage) => misfittingBody(route, garbage, own),
  (route, garbage) => brokenBody(route, garbage, own),
  (route, garbage) => misfittingQuery(route, garbage, own),
  (route, garbage) => misfittingParams(route, garbage, own),
  (route, garbage) => forgedSender(route, garbage, own),
]

const pathOf = ({ path }: Route, garbage: Garbage): string =>
  path.replace(/:\w+/g, () => garbage.one(nobodys))

const typeOf = ({ path }: Route): string => (textPaths.includes(path) ? 'text/plain' : 'application/json')

function misfittingBody(route: Route, garbage: Garbage, own: Record<string, string>): Shot {
  if (route.method === 'get') return misfittingQuery(route, garbage, own)
  const schema = route.body ?? v.strictObject({})
  for (;;) {
    const body = JSON.stringify(garbage.misfit(schema, validBodies[nameOf(route)] ?? {})) ?? 'null'
    const sent: unknown = JSON.parse(body)
    if (v.safeParse(schema, sent).success) continue
    const headers = { ...own, 'content-type': typeOf(route) }
    const names = isPlainObject(sent) && schema.type === 'strict_object' && !('' in sent)
    return { path: goodPath(route), init: { method: route.method.toUpperCase(), headers, body }, names }
  }
}

/** Ids of the right form, so that the body is what is refused. */
const goodPath = ({ path }: Route): string =>
  path.replace(':id', goodId(path)).replace(':key', 'demo').replace(':version', '1')

function goodId(path: string): string {
  const id = makeId(letterOf(path), 1_700_000_000_000, bytes)
  return path.includes('/jobs/') ? `${id}.1.1.test:told` : id
}

function letterOf(path: string): 's' | 'a' | 'v' | 'c' | 'r' {
  const noun = path.split('/')[3]?.[0]
  return noun === 's' || noun === 'a' || noun === 'v' || noun === 'r' ? noun : 'c'
}

function brokenBody(route: Route, garbage: Garbage, own: Record<string, string>): Shot {
  if (route.method === 'get') return misfittingParams(route, garbage, own)
  const whole = JSON.stringify(validBodies[nameOf(route)] ?? { a: 1 })
  const body = garbage.one([
    () => whole.slice(0, -1 - Math.floor(whole.length / 3)),
    () => `${whole}}`,
    () => `{"a":${'['.repeat(20_000)}`,
    () => `{${garbage.text(400)}`,
    () => `{"a":"${'x'.repeat(70_000)}"}`,
  ])()
  const type = garbage.one([
    typeOf(route),
    `${typeOf(route)}; charset=${garbage.one(['utf-7', 'x', 'utf-16'])}`,
  ])
  const encoding = garbage.one(['identity', 'identity', 'gzip', 'br', 'zstd', '__proto__'])
  const headers = { ...own, 'content-type': type, 'content-encoding': encoding }
  return { path: goodPath(route), init: { method: route.method.toUpperCase(), headers, body } }
}

function misfittingQuery(route: Route, garbage: Garbage, own: Record<string, string>): Shot {
  const schema = v.strictObject(route.query)
  const method = route.method.toUpperCase()
  for (;;) {
    const name = garbage.one([...Object.keys(route.query), 'extra', '__proto__', 'constructor', 'limit'])
    const given = garbage.one([
      garbage.text(),
      String(garbage.number()),
      garbage.letters(3_000),
      '',
      '[object Object]',
    ])
    if (v.safeParse(schema, { [name]: given }).success && name in route.query) continue
    const query = `?${encodeURIComponent(name)}=${encodeURIComponent(given)}`
    return { path: `${goodPath(route)}${query}`, init: { method, headers: own }, names: true }
  }
}

function misfittingParams(route: Route, garbage: Garbage, own: Record<string, string>): Shot {
  const odd = garbage.one([
    () => encodeURIComponent(garbage.text()) || '%20',
    () => garbage.one(['%', '%zz', '%c0%ae', '..%2f..%2fworkspace.json', '%00', '__proto__', '%2e%2e']),
    () => encodeURIComponent(garbage.letters(2_000)),
  ])()
  const path = route.path.includes(':') ? route.path.replace(/:\w+/, odd) : `${route.path}/x${odd}`
  // A parser of addresses would take `..` away before it is sent.
  return { path: path.replaceAll('/..', '/%2e.'), init: { method: route.method.toUpperCase(), headers: own } }
}

/** A session nobody has, or a page of somebody else. */
function forgedSender(route: Route, garbage: Garbage, own: Record<string, string>): Shot {
  if (route.access === 'public') return misfittingQuery(route, garbage, own)
  const cookie = garbage.one([
    `__Host-ahlan=${'A'.repeat(43)}`,
    '__Host-ahlan=',
    '__Host-ahlan=%00',
    'x; ;=;;',
  ])
  const origin = garbage.one(['null', 'https://evil.example', `${own.origin}.evil.example`, 'x'])
  const changes = route.method !== 'get'
  const headers = changes && garbage.chance(0.5) ? { ...own, origin } : { ...own, cookie }
  const body = JSON.stringify(validBodies[nameOf(route)] ?? {})
  const init = { method: route.method.toUpperCase(), headers: { ...headers, 'content-type': typeOf(route) } }
  return { path: pathOf(route, garbage), init: changes ? { ...init, body } : init }
}

/** Null when it is a typed failure under its own status, which names the field where there is one. */
function faultOf({ status, json, text }: Answer, names: boolean, what: string): string | null {
  const error = Object(json).error ?? {}
  const code = failureCodes.find((one) => one === error.code)
  const typed = code !== undefined && typeof error.message === 'string' && statusOf[code] === status
  const ours = code !== 'internal' && code !== 'unavailable'
  const named = !names || code !== 'invalid' || typeof error.path === 'string'
  return typed && ours && named ? null : `${what} answered ${status} ${text.slice(0, 300)}`
}
