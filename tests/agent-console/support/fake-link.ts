import type { Link, LinkNews } from '../../../agent-console/connection/link.ts'
import type { AgentAnnouncements, AgentRequest } from '../../../shared/protocol.ts'

export interface Asked {
  name: AgentRequest
  input: object
  /** Answers it; the acknowledgement as it would come over the wire. */
  answer(ack: object): Promise<void>
}

/** A way to the server whose every answer a test gives by hand. */
export interface FakeLink extends Link {
  asked: Asked[]
  /** The requests of one name that nobody has answered, oldest first. */
  waiting(name: AgentRequest): Asked[]
  announce<Name extends keyof AgentAnnouncements>(name: Name, news: AgentAnnouncements[Name]): void
  tell(news: LinkNews): void
  /** The times this connection was given up for dead. */
  renewed: number[]
}

/** Lets what was just answered be heard. */
export const settle = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve()
}

export function fakeLink(): FakeLink {
  const asked: Asked[] = []
  const open = new Set<Asked>()
  const listeners = new Map<string, (news: never) => void>()
  let hear: (news: LinkNews) => void = () => undefined
  let up = false
  let heard = 0
  const renewed: number[] = []
  return {
    asked,
    waiting: (name) => [...open].filter((one) => one.name === name),
    request: (name, input) =>
      new Promise((resolve) => {
        const one: Asked = {
          name,
          input,
          answer: async (ack) => {
            open.delete(one)
            heard++
            // What a test answers stands for what the wire brings, which is checked by its own tests.
            resolve(ack as never)
            await settle()
          },
        }
        asked.push(one)
        open.add(one)
      }),
    on: (name, listener) => void listeners.set(name, listener as (news: never) => void),
    announce: (name, news) => listeners.get(name)?.(news as never),
    onNews: (listener) => {
      hear = listener
    },
    tell: (news) => {
      up = news.name === 'up'
      hear(news)
    },
    isUp: () => up,
    heard: () => heard,
    open: () => undefined,
    hurry: () => undefined,
    renew: () => {
      renewed.push(heard)
    },
    renewed,
    close: () => undefined,
  }
}
