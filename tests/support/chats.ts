import { expect } from 'vitest'
import type { ConversationId } from '../../shared/ids.ts'
import type { SiteSurveys } from '../../shared/survey-words.ts'
import type { SocketAgent } from './agent.ts'
import type { Client } from './client.ts'
import { type SocketVisitor, siteOf } from './visitor.ts'
import type { World } from './world.ts'

/** So far that the visitor is worth asking how it was. */
export async function talk(visitor: SocketVisitor, agent: SocketAgent): Promise<ConversationId> {
  const { conversation } = await visitor.says('Is it there?')
  await agent.says(conversation.id, 'It is.')
  await visitor.says('Lovely.')
  return conversation.id
}

/** The same, and closed by the agent. */
export async function endedChat(visitor: SocketVisitor, agent: SocketAgent): Promise<ConversationId> {
  const conversationId = await talk(visitor, agent)
  await agent.wire.get('conversation:close', { conversationId })
  return conversationId
}

/** What the only site asks from now on. */
export async function siteAsks(world: World, admin: Client, surveys: SiteSurveys): Promise<void> {
  const { id, key: _, createdAt: __, ...draft } = siteOf(world)
  const saved = await admin.send('PUT', `/api/v1/sites/${id}`, { ...draft, surveys })
  expect(saved.status).toBe(200)
}
