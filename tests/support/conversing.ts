import type { SocketAgent } from './agent.ts'
import type { Guest } from './guest.ts'
import type { GuestOptions, Town } from './town.ts'

export interface Meeting {
  agent: SocketAgent
  guest: Guest
  /** The conversation's. */
  id: string
}

/** A visitor who has written something, and an agent who watches. */
export async function meet(
  town: Town,
  { attributes = '', ...options }: GuestOptions & { attributes?: string } = {},
): Promise<Meeting> {
  const agent = await town.agent()
  const guest = await town.guest(options)
  await guest.goto(town.page('/chat', { attributes }))
  await guest.open()
  await guest.says('Is the blue one still there?')
  const id = await town.conversation()
  await agent.watch(id)
  return { agent, guest, id }
}

/** So far that the visitor is asked how it was. */
export async function meetToTheEnd(
  town: Town,
  options: GuestOptions & { attributes?: string } = {},
): Promise<Meeting> {
  const met = await meet(town, options)
  await met.agent.says(met.id, 'One is left.')
  await met.guest.says('I take it.')
  await met.agent.wire.get('conversation:close', { conversationId: met.id })
  await met.guest.survey.waitFor()
  return met
}
