import { routeTable } from '../../server/http/table.ts'
import { agentRequests, protocolVersion, visitorRequests, wirePath } from '../../shared/protocol.ts'
import { failureCodes } from '../../shared/result.ts'
import { type AgentWire, knockAsAgent } from '../support/agent.ts'
import { ask } from '../support/client.ts'
import type { Garbage } from '../support/garbage.ts'
import { RawSocket } from '../support/raw-socket.ts'
import { knock, type VisitorWire } from '../support/visitor.ts'
import type { World } from '../support/world.ts'
import { nameOf, routesTarget } from './routes.ts'
import { isPlainObject, type Target } from './target.ts'
import { validAgentPayloads, validVisitorPayloads } from './valid.ts'

type AnyWire = Pick<VisitorWire | AgentWire, 'socket' | 'close'>

const answersWithin = 4_000

/** Asks without knowing the name; `closed` when the connection went first. */
function askAnything(wire: AnyWire, name: string, ...args: unknown[]): Promise<unknown> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('no answer'), answersWithin)
    const settle = (answer: unknown) => {
      clearTimeout(timer)
      wire.socket.off('disconnect', closed)
      resolve(answer)
    }
    const closed = () => settle('closed')
    wire.socket.once('disconnect', closed)
    wire.socket.emit(name, ...args, settle)
  })
}

/** Null when it is a typed failure, or the connection was cut. */
function faultOf(answer: unknown, what: string): string | null {
  if (answer === 'closed') return null
  const said = JSON.stringify(answer)
  const typed = failureCodes.some((code) =>
    said?.startsWith(`{"ok":false,"error":{"code":"${code}","message":"`),
  )
  return typed ? null : `${what} answered ${said}`
}

/** A payload with fields is refused with the path of the one that does not fit. */
function lacksPath(answer: unknown, payload: unknown): boolean {
  const said = JSON.stringify(answer) ?? ''
  return (
    said.includes('"code":"invalid"') &&
    isPlainObject(payload) &&
    !('' in payload) &&
    !said.includes('"path":"')
  )
}

/** A socket that is opened anew when the server has had enough of it. */
function keepOpen<Wire extends AnyWire>(open: () => Promise<Wire>) {
  let current: Promise<Wire> | null = null
  return {
    async wire(): Promise<Wire> {
      const held = await current
      if (held?.socket.connected) return held
      current = open()
      return current
    },
    close: () => void current?.then((wire) => wire.close()),
  }
}

const unknownNames = ['toString', '__proto__', 'hello ', 'message:send:', 'error', '']

function requestsTarget(
  name: string,
  share: number,
  open: () => Promise<AnyWire>,
  known: {
    schemas: Record<string, Parameters<Garbage['misfit']>[0]>
    valid: Record<string, Record<string, unknown>>
  },
): Target {
  const line = keepOpen(open)
  const names = Object.keys(known.schemas)
  const hit = new Set<string>()
  return {
    name,
    share,
    hit,
    close: line.close,
    async throwOne(garbage) {
      const wire = await line.wire()
      const request = garbage.one(names)
      const schema = known.schemas[request]
      const valid = known.valid[request]
      if (!schema || !valid) throw new Error(`No valid payload for ${request}.`)
      if (garbage.chance(0.1)) {
        wire.socket.emit(request, garbage.value())
        return null
      }
      if (garbage.chance(0.08))
        return faultOf(
          await askAnything(wire, request, valid, garbage.value()),
          `${request} with two payloads`,
        )
      if (garbage.chance(0.08)) {
        const unknown = garbage.one([...unknownNames, garbage.text()])
        return faultOf(await askAnything(wire, unknown, garbage.value()), `unknown request ${unknown}`)
      }
      const payload = garbage.misfit(schema, valid)
      hit.add(`${name.split(' ')[0]} ${request}`)
      const answer = await askAnything(wire, request, payload)
      const what = `${request} ${JSON.stringify(payload)?.slice(0, 200)}`
      return faultOf(answer, what) ?? (lacksPath(answer, payload) ? `${what} named no field` : null)
    },
  }
}

const greeted = async <Wire extends VisitorWire | AgentWire>(wire: Wire): Promise<Wire> => {
  await askAnything(wire, 'hello', { protocolVersion, resume: null })
  return wire
}

const visitorSide = { schemas: visitorRequests, valid: validVisitorPayloads }
const agentSide = { schemas: agentRequests, valid: validAgentPayloads }

/** Frames that are not Socket.IO, not engine.io, or not even WebSocket. The reaction is silence or a cut. */
function rawFrames(world: World): Target {
  const port = world.app.port()
  let socket: RawSocket | null = null
  return {
    name: 'raw frames',
    share: 12,
    hit: new Set(),
    close: () => socket?.close(),
    async throwOne(garbage) {
      if (!socket?.isOpen || garbage.chance(0.2)) socket = await RawSocket.open(port)
      const frame = garbage.one(frames)(garbage)
      if (typeof frame === 'string') socket.text(frame)
      else if (garbage.chance(0.3)) socket.bytes(frame)
      else socket.binary(frame)
      return null
    },
  }
}

const frames: readonly ((garbage: Garbage) => string | Buffer)[] = [
  (g) => g.text(),
  (g) => `4${g.text()}`,
  (g) => `40/visitor,${JSON.stringify(g.value())}`,
  (g) => `40/agent,${JSON.stringify(g.object())}`,
  (g) => `40/${g.text()},`,
  () => '40',
  () => '42/visitor,0',
  () => '42/visitor,["hello"]',
  () => '42[]',
  () => '421[null]',
  (g) => `43/visitor,1${JSON.stringify([g.value()])}`,
  () => '451-/visitor,["hello",{"_placeholder":true,"num":9}]',
  () => '459999-["x"]',
  () => '2probe',
  () => '6',
  (g) => `42/visitor,1["hello",${'['.repeat(g.one([10, 20_000]))}`,
  (g) =>
    `451-/visitor,["hello",${'['.repeat(5_000)}{"_placeholder":true,"num":0}${']'.repeat(5_000)}]${g.text(1)}`,
  (g) => Buffer.from(g.text()),
]

/** The same through long polling: what the HTTP side of the socket server makes of it. */
function polling(world: World): Target {
  const paths = [
    `${wirePath}/?EIO=4&transport=polling`,
    `${wirePath}/?EIO=3&transport=polling`,
    `${wirePath}/?EIO=4&transport=polling&sid=__proto__`,
    `${wirePath}/?EIO=4&transport=__proto__`,
    `${wirePath}/?transport=websocket&EIO=4`,
    `${wirePath}/%00?EIO=4`,
  ]
  return {
    name: 'polling',
    share: 5,
    hit: new Set(),
    close: () => undefined,
    async throwOne(garbage) {
      const path = garbage.one(paths)
      const { status } = await ask(world.url + path, {
        method: 'POST',
        body: JSON.stringify(garbage.value()) ?? '',
      })
      return status >= 400 && status < 500 ? null : `POST ${path} answered ${status}`
    },
  }
}

/** Everything that can be thrown at. A new surface is added here. */
export async function allTargets(world: World): Promise<Target[]> {
  const sara = await world.signIn()
  return [
    requestsTarget('visitor requests', 45, () => knock(world).then(greeted), visitorSide),
    requestsTarget('visitor requests before hello', 8, () => knock(world), visitorSide),
    requestsTarget('agent requests', 30, () => knockAsAgent(world, sara.cookie).then(greeted), agentSide),
    rawFrames(world),
    polling(world),
    routesTarget(world, sara, 40),
  ]
}

/** What must all have been hit in the end: every event of both namespaces and every route. */
export const everySurface: readonly string[] = [
  ...Object.keys(visitorRequests).map((name) => `visitor ${name}`),
  ...Object.keys(agentRequests).map((name) => `agent ${name}`),
  ...routeTable.map(nameOf),
]
