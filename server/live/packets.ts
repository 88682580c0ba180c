/*
 * Socket.IO's packets as text: `2/visitor,7["message:send",{…}]`. The library's own parser looks for
 * binary attachments in every value of every packet; here nothing sends them, and what comes is left
 * out. Given to the server as its `parser`; the bytes on the wire are the same.
 */

interface Packet {
  type: number
  nsp: string
  id?: number
  data?: unknown
}

const types = { connect: 0, disconnect: 1, event: 2, acknowledgement: 3, refusal: 4, binaryEvent: 5 }
const mostAttachments = 10
/** A client of ours joins one namespace; whoever tries many names or joins again and again is cut off. */
const mostJoins = 4

/** Stands where an attachment belongs: no schema takes it. */
const attachment = Symbol('attachment')

/** What is to be sent and is JSON already; `T` is what it says. */
export class Written<T> {
  declare readonly says: T
  constructor(readonly json: string) {}
}

export class Encoder {
  encode({ type, nsp, id, data }: Packet): [string] {
    const namespace = nsp && nsp !== '/' ? `${nsp},` : ''
    return [`${type}${namespace}${id ?? ''}${textOf(data)}`]
  }
}

/** What is written already stands last: the payload of an event, or the answer. */
function textOf(data: unknown): string {
  if (data === undefined || data === null) return ''
  const last: unknown = Array.isArray(data) ? data.at(-1) : null
  if (!Array.isArray(data) || !(last instanceof Written)) return JSON.stringify(data)
  return data.length === 1 ? `[${last.json}]` : `[${JSON.stringify(data[0])},${last.json}]`
}

type Listener = (packet: Packet) => void

/** The one listener is the library's client of this connection; what `add` throws closes it. */
export class Decoder {
  private listener: Listener | null = null
  /** Frames still to come that belong to a packet already taken. */
  private attachments = 0
  private joins = 0

  on(_: 'decoded', listener: Listener): void {
    this.listener = listener
  }

  removeListener(): void {
    this.listener = null
  }

  destroy(): void {
    this.listener = null
  }

  add(frame: unknown): void {
    if (typeof frame !== 'string') {
      if (this.attachments === 0) throw new Error('an attachment to nothing')
      this.attachments--
    } else if (frame.charCodeAt(0) === zero + types.binaryEvent) this.addBinary(frame)
    else this.pass(decode(frame))
  }

  private pass(packet: Packet): void {
    if (packet.type === types.connect && ++this.joins > mostJoins) throw new Error('too many joins')
    this.listener?.(packet)
  }

  private addBinary(frame: string): void {
    const dash = frame.indexOf('-')
    const count = Number(frame.slice(1, dash))
    if (!Number.isInteger(count) || count < 1 || count > mostAttachments)
      throw new Error('not a number of attachments')
    this.attachments = count
    this.listener?.(decode(`${types.event}${frame.slice(dash + 1)}`, withoutAttachments))
  }
}

const withoutAttachments = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && '_placeholder' in value ? attachment : value

const zero = 48
const slash = 47

function decode(text: string, reviver?: typeof withoutAttachments): Packet {
  const type = text.charCodeAt(0) - zero
  if (!(type >= 0 && type < types.binaryEvent)) throw new Error('unknown type of packet')
  const hasNamespace = text.charCodeAt(1) === slash
  const comma = hasNamespace ? text.indexOf(',') : -1
  const namespaceEnd = comma < 0 ? text.length : comma
  const idStart = hasNamespace ? namespaceEnd + 1 : 1
  const dataStart = afterDigits(text, idStart)
  const packet: Packet = { type, nsp: hasNamespace ? text.slice(1, namespaceEnd) : '/' }
  if (dataStart > idStart) packet.id = Number(text.slice(idStart, dataStart))
  if (dataStart < text.length) packet.data = JSON.parse(text.slice(dataStart), reviver)
  if (!fits(packet)) throw new Error('the packet does not fit its type')
  return packet
}

function afterDigits(text: string, from: number): number {
  let at = from
  while (isDigit(text.charCodeAt(at))) at++
  return at
}

const isDigit = (code: number): boolean => code >= zero && code <= zero + 9

function fits({ type, data }: Packet): boolean {
  switch (type) {
    case types.connect:
    case types.refusal:
      return data === undefined || (typeof data === 'object' && data !== null)
    case types.disconnect:
      return data === undefined
    case types.event:
      return Array.isArray(data) && typeof data[0] === 'string'
    default:
      return Array.isArray(data)
  }
}
