import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLink } from '../../agent-console/connection/link.ts'
import { DeskControl } from '../../agent-console/state/desk.ts'
import { wirePath } from '../../shared/protocol.ts'
import { success } from '../../shared/result.ts'
import { noReceipts } from '../../shared/timeline.ts'
import { clientId, conversationId, minute, Story, sara } from '../shared/story.ts'
import { handClock } from '../support/clock.ts'
import { me, memoryKeep, rowOf, snapshotOf } from './support/desk.ts'

type Answer = (answer: object) => void
type Says = (socket: Socket, name: string, answer: Answer) => void

const polling = (http: ReturnType<typeof createServer>) => {
  http.removeAllListeners('upgrade')
  http.on('upgrade', (_, socket) => socket.destroy())
}

/** A house that is played by hand. What it says in one turn goes out in one piece, as that of the server does. */
async function openHouse(says: Says, prepare = polling) {
  const http = createServer()
  const live = new Server(http, { path: wirePath })
  prepare(http)
  live.of('/agent').on('connection', (socket) => {
    socket.use(([name, , answer]) => says(socket, name, (one) => answer({ ok: true, ...one })))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void live.close())
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`
}

function openLink(address: string) {
  const link = createLink({ address, restFirst: 20 })
  onTestFinished(() => link.close())
  return link
}

describe('what comes in one piece', () => {
  it.each([
    { way: 'long polling', prepare: polling },
    { way: 'a WebSocket', prepare: () => undefined },
  ])('W42 is heard in the order it was said in: by $way', async ({ prepare }) => {
    const totals = { visitors: 0, open: 0, waiting: 0 }
    const address = await openHouse((socket, _, answer) => {
      socket.emit('totals:changed', { ...totals, open: 1 })
      answer({ said: 2 })
      socket.emit('totals:changed', { ...totals, open: 3 })
      socket.emit('totals:changed', { ...totals, open: 4 })
    }, prepare)
    const link = openLink(address)
    const heard: unknown[] = []
    link.on('totals:changed', ({ open }) => heard.push(open))
    const up = new Promise<void>((resolve) => link.onNews(({ name }) => name === 'up' && resolve()))
    link.open()
    await up
    await link.request('hello', { protocolVersion: 1, resume: null })
    heard.push('answer')
    await expect.poll(() => heard).toEqual([1, 'answer', 3, 4])
  })
})

describe('a console that gets through by polling only', () => {
  it('W7 W42 holds what was said while it opened a conversation and replied', async () => {
    const story = new Story().visitor(minute, 'Hello')
    const [begun, entries] = [{ ...story.conversation }, [...story.entries]]
    const row = rowOf(story)
    story.agent(2 * minute, sara, 'Good morning')
    const added = story.entries.slice(entries.length)
    let watched: Answer = () => undefined
    const address = await openHouse((socket, name, answer) => {
      if (name === 'hello') answer(snapshotOf({ inbox: [row] }))
      else if (name === 'conversation:watch') watched = answer
      else if (name === 'message:send') {
        answer({ conversation: story.conversation, entries: added, duplicate: false })
        // Read before the reply was stored; what was stored since follows at once.
        watched({ row, mode: 'whole', conversation: begun, entries, receipts: noReceipts })
        socket.emit('entries:added', { conversationId, entries: added })
      } else if (name === 'entries:since') answer({ entries: added, receipts: noReceipts, more: false })
      else answer({})
    })
    const nothing = async () => success(undefined as never)
    const desk = new DeskControl({
      ...{ me, link: openLink(address), clock: handClock(), keep: memoryKeep() },
      api: { address: () => '', get: nothing, send: nothing },
      chance: { clientId: () => clientId(50), share: () => 0.5 },
    })
    onTestFinished(() => desk.leave())
    await expect.poll(() => desk.state.get().connection.name).toBe('live')
    desk.watch(conversationId)
    desk.reply(conversationId, 'Good morning', false)
    await expect
      .poll(() => desk.state.get().timelines.get(conversationId)?.entries)
      .toEqual([...entries, ...added])
  })
})
