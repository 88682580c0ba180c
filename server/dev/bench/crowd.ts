import { randomBytes, randomUUID } from 'node:crypto'
import type { Hello } from './subject.ts'
import { frame, WireSocket } from './wire-socket.ts'

/** The same people against the floor and against the house: agents who own conversations, visitors who write. */
export interface Crowd {
  agents: WireSocket[]
  visitors: { socket: WireSocket; nextMessage: (text: string) => Buffer }[]
  close(): void
}

export interface Size {
  visitors: number
  agents: number
}

const openAtOnce = 50

/** What everybody writes: a question of usual length. */
export const filler = 'How long does delivery to the coast take, and can it be gift-wrapped?'

const acknowledgement = '3'.charCodeAt(0)

export const isAcknowledgement = (packet: Buffer): boolean => packet[1] === acknowledgement

export async function gatherFloorCrowd({ port }: Hello, size: Size): Promise<Crowd> {
  const agents = await openMany(size.agents, (number) =>
    WireSocket.open({ port, namespace: '/agent', auth: { number } }),
  )
  const visitors = await openMany(size.visitors, async (number) => {
    const socket = await WireSocket.open({ port, namespace: '/visitor' })
    const agent = number % size.agents
    return { socket, nextMessage: (text: string) => messageFrame({ agent, clientId: randomUUID(), text }) }
  })
  return crowd(agents, visitors)
}

export async function gatherHouseCrowd({ port, cookies }: Hello, size: Size): Promise<Crowd> {
  const agents = await openMany(size.agents, async (number) => {
    const cookie = cookies[number % cookies.length] ?? ''
    const socket = await WireSocket.open({ port, namespace: '/agent', headers: { cookie } })
    await ask(socket, 'hello', { protocolVersion: 1, resume: null })
    return socket
  })
  const visitors = await openMany(size.visitors, async (number) => {
    const socket = await openHouseVisitor(port)
    const agent = agents[number % agents.length]
    if (!agent) throw new Error('a crowd needs an agent')
    const conversationId = await beginConversation(socket, agent)
    return {
      socket,
      nextMessage: (text: string) => messageFrame({ clientId: randomUUID(), conversationId, text }),
    }
  })
  return crowd(agents, visitors)
}

/** A visitor of the demo site who said hello on one page. */
export async function openHouseVisitor(port: number): Promise<WireSocket> {
  const auth = {
    site: 'demo',
    page: randomBytes(16).toString('base64url'),
    token: randomBytes(32).toString('base64url'),
    consent: 'essential',
    locale: 'en',
    device: 'desktop',
  }
  const socket = await WireSocket.open({ port, namespace: '/visitor', auth })
  const view = { url: `http://127.0.0.1:${port}/demo/`, title: 'Demo', referrer: '' }
  await ask(socket, 'hello', { protocolVersion: 1, resume: null, view })
  return socket
}

/** The first message and the agent's answer, which makes the agent its owner. */
async function beginConversation(visitor: WireSocket, agent: WireSocket): Promise<string> {
  const sent = await ask(visitor, 'message:send', {
    clientId: randomUUID(),
    conversationId: null,
    text: 'Hello',
  })
  const conversationId = sent.conversation.id
  await ask(agent, 'message:send', { clientId: randomUUID(), conversationId, text: 'Welcome', note: false })
  return conversationId
}

interface Answer {
  ok: boolean
  conversation: { id: string }
}

async function ask(socket: WireSocket, event: string, payload: object): Promise<Answer> {
  const answer = (await socket.request(event, payload)) as Answer
  if (!answer.ok) throw new Error(`${event} was refused: ${JSON.stringify(answer)}`)
  return answer
}

const messageFrame = (payload: object): Buffer =>
  frame(`42/visitor,0${JSON.stringify(['message:send', payload])}`)

const crowd = (agents: Crowd['agents'], visitors: Crowd['visitors']): Crowd => ({
  agents,
  visitors,
  close() {
    for (const agent of agents) agent.close()
    for (const { socket } of visitors) socket.close()
  },
})

/** Opens `count` of something, a few at a time, in order. */
export async function openMany<T>(count: number, open: (number: number) => Promise<T>): Promise<T[]> {
  const opened: T[] = []
  for (let from = 0; from < count; from += openAtOnce) {
    const numbers = Array.from({ length: Math.min(openAtOnce, count - from) }, (_, i) => from + i)
    opened.push(...(await Promise.all(numbers.map(open))))
  }
  return opened
}
