import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLink, type LinkNews } from '../../agent-console/connection/link.ts'
import { wirePath } from '../../shared/protocol.ts'

/** A house that opens its door on `port`, 0 for any. */
async function openHouse(port = 0) {
  const http = createServer()
  const live = new Server(http, { path: wirePath })
  live.of('/agent').on('connection', () => undefined)
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  const close = () => live.close()
  return { port: (http.address() as AddressInfo).port, close }
}

describe('the live way to the server', () => {
  it('tries again at once when told to, however long it meant to rest', async () => {
    const first = await openHouse()
    await first.close()
    const link = createLink({ address: `http://127.0.0.1:${first.port}`, restFirst: 60_000 })
    onTestFinished(() => link.close())
    const news: LinkNews['name'][] = []
    const heard = (name: LinkNews['name']) =>
      new Promise<void>((resolve) =>
        link.onNews((one) => {
          news.push(one.name)
          if (one.name === name) resolve()
        }),
      )
    const [down, up] = [heard('down'), heard('up')]
    link.open()
    await down
    const again = await openHouse(first.port)
    onTestFinished(async () => void (await again.close()))
    link.hurry()
    await up
    expect(link.isUp()).toBe(true)
  })
})
