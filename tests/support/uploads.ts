import { agentFilesPath, fileNameHeader, filesPath } from '../../shared/file-paths.ts'
import type { ClientId, ConversationId, VisitorToken } from '../../shared/ids.ts'
import type { Client } from './client.ts'
import { aClientId } from './random.ts'
import { siteOf } from './visitor.ts'
import type { World } from './world.ts'

/** One pixel each. */
export const png = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)
export const gif = new Uint8Array(
  Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
)

export interface Uploaded {
  status: number
  json: object
  headers: Headers
}

const said = async (answer: Response): Promise<Uploaded> => ({
  status: answer.status,
  json: await answer.json(),
  headers: answer.headers,
})

const fileHeaders = (name: string) => ({
  'content-type': 'application/octet-stream',
  [fileNameHeader]: encodeURIComponent(name),
})

interface FromVisitor {
  token: VisitorToken
  bytes: Uint8Array<ArrayBuffer>
  clientId?: ClientId
  name?: string
  headers?: object
}

export async function uploadAsVisitor(
  world: World,
  { token, bytes, clientId = aClientId(), name = 'a.png', headers = {} }: FromVisitor,
): Promise<Uploaded> {
  const { key, origins } = siteOf(world)
  const own = { authorization: `Bearer ${token}`, origin: origins[0] ?? '' }
  return said(
    await fetch(`${world.url}${filesPath}?site=${key}&clientId=${clientId}`, {
      method: 'POST',
      headers: { ...own, ...fileHeaders(name), ...headers },
      body: bytes,
    }),
  )
}

interface FromAgent {
  client: Client
  bytes: Uint8Array<ArrayBuffer>
  conversationId: ConversationId
  clientId?: ClientId
  origin?: string
}

export async function uploadAsAgent(
  { url }: World,
  { client: { cookie }, bytes, conversationId, clientId = aClientId(), origin = url }: FromAgent,
): Promise<Uploaded> {
  return said(
    await fetch(`${url}${agentFilesPath}?conversation=${conversationId}&clientId=${clientId}`, {
      method: 'POST',
      headers: { cookie, origin, ...fileHeaders('a.png') },
      body: bytes,
    }),
  )
}
