import {
  type AgentAnnouncements,
  type AgentAnswers,
  type AgentSnapshot,
  protocolVersion,
  type Sent,
} from '../../shared/protocol.ts'
import type { Client } from './client.ts'
import { aClientId } from './random.ts'
import { Wire, type WireOptions } from './wire.ts'
import type { World } from './world.ts'

export type AgentWire = Wire<AgentAnswers, AgentAnnouncements>

/** Somebody signed in to the console, with a socket. */
export interface SocketAgent {
  wire: AgentWire
  client: Client
  snapshot: AgentSnapshot
  watch(conversationId: string, after?: number | null): Promise<AgentAnswers['conversation:watch']>
  says(conversationId: string, text: string): Promise<Sent>
  notes(conversationId: string, text: string): Promise<Sent>
}

export const knockAsAgent = (world: World, cookie: string, options: WireOptions = {}): Promise<AgentWire> =>
  Wire.open<AgentAnswers, AgentAnnouncements>(`${world.url}/agent`, {
    extraHeaders: { cookie, origin: world.url },
    ...options,
  })

/** Signs in (the owner, unless a client is given), opens a socket and says hello. */
export async function attend(world: World, signedIn?: Client): Promise<SocketAgent> {
  const client = signedIn ?? (await world.signIn())
  const wire = await knockAsAgent(world, client.cookie)
  const snapshot = await wire.get('hello', { protocolVersion, resume: null })
  const post = (conversationId: string, text: string, note: boolean) =>
    wire.get('message:send', { conversationId, clientId: aClientId(), text, note })
  return {
    wire,
    client,
    snapshot,
    watch: (conversationId, after = null) => wire.get('conversation:watch', { conversationId, after }),
    says: (conversationId, text) => post(conversationId, text, false),
    notes: (conversationId, text) => post(conversationId, text, true),
  }
}
