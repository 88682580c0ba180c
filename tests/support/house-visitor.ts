import type { VisitorToken } from '../../shared/ids.ts'
import {
  protocolVersion,
  type VisitorAnnouncements,
  type VisitorAnswers,
  type VisitorSnapshot,
} from '../../shared/protocol.ts'
import type { HouseProcess } from './house-process.ts'
import { aClientId, aPage, aToken } from './random.ts'
import { Wire } from './wire.ts'

type Arrived = { wire: Wire<VisitorAnswers, VisitorAnnouncements>; snapshot: VisitorSnapshot }

/** A visitor of the demo shop of a server that runs as a process. */
export async function comeTo(
  { url }: HouseProcess,
  token: VisitorToken,
  resume: unknown = null,
): Promise<Arrived> {
  const wire = await Wire.open<VisitorAnswers, VisitorAnnouncements>(`${url}/visitor`, {
    auth: { site: 'demo', page: aPage(), token, consent: 'essential', locale: 'en', device: 'desktop' },
    extraHeaders: { origin: url },
  })
  return { wire, snapshot: await wire.get('hello', { protocolVersion, resume }) }
}

export interface Chatter {
  /** What was acknowledged so far, by the token of who wrote it. */
  acknowledged: Map<VisitorToken, string[]>
  /** What was refused, with its code. */
  refused: { text: string; code: string; retryAfterMs: number | undefined }[]
  /** Resolves when so many are acknowledged. */
  reaches(count: number): Promise<void>
  /** Resolves when everybody has been refused, or cut off. */
  ended: Promise<void>
}

/** Visitors who all write, one message after another, until they are refused or cut off. */
export async function chatter(house: HouseProcess, visitors: number): Promise<Chatter> {
  const waiting = new Set<() => void>()
  const written: Chatter = {
    ...{ acknowledged: new Map(), refused: [], ended: Promise.resolve() },
    reaches: (count) =>
      new Promise((resolve) => {
        const look = () => total(written) >= count && resolve()
        waiting.add(look)
        look()
      }),
  }
  const said = (): void => {
    for (const look of waiting) look()
  }
  const tokens = Array.from({ length: visitors }, aToken)
  const arrived = await Promise.all(tokens.map((token) => comeTo(house, token)))
  const writing = arrived.map(({ wire }, index) => {
    const own: string[] = []
    const token = tokens[index]
    if (token) written.acknowledged.set(token, own)
    return keepWriting(wire, { name: index, own, written, said })
  })
  written.ended = Promise.all(writing).then(() => undefined)
  return written
}

const total = ({ acknowledged }: Chatter): number =>
  [...acknowledged.values()].reduce((sum, own) => sum + own.length, 0)

interface Writing {
  name: number
  own: string[]
  written: Chatter
  said(): void
}

async function keepWriting(wire: Arrived['wire'], { name, own, written, said }: Writing): Promise<void> {
  for (let count = 0; wire.socket.connected; count++) {
    const text = `${name}-${count}`
    const message = { clientId: aClientId(), conversationId: null, text }
    const answer = await wire.ask('message:send', message).catch(() => null)
    if (!answer) return
    if (!answer.ok) {
      const { code, retryAfterMs } = answer.error
      return void written.refused.push({ text, code, retryAfterMs })
    }
    own.push(text)
    said()
  }
}

/** The texts of a visitor's conversation, and whether its numbers have no gap. */
export async function storedTexts(house: HouseProcess, token: VisitorToken): Promise<string[]> {
  const { wire, snapshot } = await comeTo(house, token)
  const conversationId = snapshot.conversations[0]?.conversation.id
  if (!conversationId) return []
  const { entries } = await wire.get('entries:since', { conversationId, after: 0 })
  wire.close()
  if (entries.some(({ seq }, index) => seq !== index + 1)) throw new Error('The numbers have a gap.')
  return entries.flatMap((entry) => (entry.kind === 'message' ? [entry.text] : []))
}
