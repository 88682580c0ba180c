import type { OpenLine } from './wire.ts'

/** How long the server may take to accept what is told. */
const acceptsWithin = 15_000

/**
 * Engine.IO's long polling, for networks that let no WebSocket through: one request waits for what the server
 * has to say, another tells it what there is to tell. The protocol allows one of each at a time. A string as the
 * body is plain text, so that another origin is asked without a preflight.
 */
export const openPolling: OpenLine = (address, heard, ended) => {
  const over = new AbortController()
  const waiting: string[] = []
  let session = `${address}/?EIO=4&transport=polling`
  let telling = false

  const ask = async (body?: string): Promise<string> => {
    const told = body === undefined ? {} : { method: 'POST', body }
    const said = await fetch(session, {
      ...told,
      signal: over.signal,
      cache: 'no-store',
      credentials: 'omit',
    })
    if (!said.ok) throw new Error(`${said.status}`)
    return said.text()
  }
  const fail = () => {
    if (over.signal.aborted) return
    over.abort()
    ended()
  }
  const take = (frame: string) => {
    if (frame[0] === '0') session += `&sid=${JSON.parse(frame.slice(1)).sid}`
    heard(frame)
  }
  async function listen(): Promise<void> {
    while (!over.signal.aborted)
      for (const [i, frame] of (await ask()).split('\x1e').entries()) {
        if (i) await anotherTask()
        take(frame)
      }
  }
  async function tell(): Promise<void> {
    telling = true
    const limit = setTimeout(fail, acceptsWithin)
    await ask(batch(waiting))
    clearTimeout(limit)
    telling = false
    if (waiting.length) await tell()
  }
  listen().catch(fail)
  return {
    send(frame) {
      waiting.push(frame)
      if (!telling) tell().catch(fail)
    },
    close: () => over.abort(),
  }
}

/**
 * Each frame comes in a task of its own, as by a WebSocket: whoever waited for an answer has gone on with it before
 * what was said behind it is heard. A timer would wait for a second in a page that is hidden.
 */
const anotherTask = (): Promise<void> =>
  new Promise((come) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      come()
    }
    port2.postMessage(0)
  })

/** As many frames as one request may carry, the oldest first. */
function batch(waiting: string[]): string {
  // In the largest encoding a character takes three bytes, and the server takes 64 kB.
  const most = 20_000
  let [count, size] = [1, waiting[0]?.length ?? 0]
  while (count < waiting.length && size + (waiting[count]?.length ?? 0) < most)
    size += waiting[count++]?.length ?? 0
  return waiting.splice(0, count).join('\x1e')
}
