import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLink, type LinkNews } from '../../agent-console/connection/link.ts'
import { wirePath } from '../../shared/protocol.ts'
import { openFaultProxy } from '../support/fault-proxy.ts'

/** A house that greets whoever comes, and lets them go again when told. */
async function openHouse(prepare: (http: HttpServer) => void = () => undefined) {
  const http = createServer()
  const live = new Server(http, { path: wirePath })
  prepare(http)
  const arrivals: number[] = []
  live.of('/agent').on('connection', (socket) => {
    arrivals.push(performance.now())
    socket.use(([, , acknowledge]) => acknowledge?.({ ok: true }))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void live.close())
  const { port } = http.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, live, arrivals }
}

function openLink(address: string, restFirst = 20, answerWithin = 15_000) {
  const link = createLink({ address, restFirst, answerWithin })
  onTestFinished(() => link.close())
  const heard: LinkNews['name'][] = []
  link.onNews(({ name }) => heard.push(name))
  link.open()
  const upAgain = (times = 1) =>
    expect.poll(() => heard.filter((name) => name === 'up').length, { timeout: 20_000 }).toBe(times)
  return { link, heard, upAgain }
}

describe('a way to the server that is bad', () => {
  it('W43 goes by long polling where no WebSocket gets through', async () => {
    const house = await openHouse((http) => {
      http.removeAllListeners('upgrade')
      http.on('upgrade', (_, socket) => socket.destroy())
    })
    const { link, upAgain } = openLink(house.url)
    await upAgain()
    expect(await link.request('hello', { protocolVersion: 1, resume: null })).toEqual({ ok: true })
  })

  it('W40 is another one at once when it was given up', async () => {
    const house = await openHouse()
    const net = await openFaultProxy(house.url)
    onTestFinished(() => net.close())
    const { link, upAgain } = openLink(net.url, 60_000)
    await upAgain()
    for (const line of net.lines) line.set({ name: 'drop' })
    const unanswered = link.request('hello', { protocolVersion: 1, resume: null })
    link.renew()
    await upAgain(2)
    expect(await unanswered).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    expect(await link.request('hello', { protocolVersion: 1, resume: null })).toEqual({ ok: true })
  })

  it('W40 is given up where neither an answer nor anything else comes', async () => {
    const house = await openHouse()
    const net = await openFaultProxy(house.url)
    onTestFinished(() => net.close())
    const { link, upAgain } = openLink(net.url, 20, 100)
    await upAgain()
    for (const line of net.lines) line.set({ name: 'drop' })
    const unanswered = await link.request('hello', { protocolVersion: 1, resume: null })
    expect(unanswered).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    await upAgain(2)
  })

  it('W40 shows by what comes in that somebody is there', async () => {
    const house = await openHouse()
    const { link, upAgain } = openLink(house.url)
    await upAgain()
    const before = link.heard()
    await link.request('hello', { protocolVersion: 1, resume: null })
    expect(link.heard()).toBeGreaterThan(before)
  })

  it('W43 is taken anew by forty at different moments when the server lets all of them go', async () => {
    const house = await openHouse()
    const links = Array.from({ length: 40 }, () => openLink(house.url, 400))
    await Promise.all(links.map(({ upAgain }) => upAgain()))
    house.arrivals.length = 0
    const letGo = performance.now()
    house.live.of('/agent').disconnectSockets()
    await Promise.all(links.map(({ upAgain }) => upAgain(2)))
    const first = Math.min(...house.arrivals) - letGo
    const spread = Math.max(...house.arrivals) - Math.min(...house.arrivals)
    expect([first >= 190, spread > 100]).toEqual([true, true])
  }, 60_000)

  it('W12 is not taken again where the session has ended', async () => {
    const house = await openHouse()
    const { link, heard, upAgain } = openLink(house.url)
    await upAgain()
    house.live.of('/agent').emit('refused', { reason: 'session' })
    await expect.poll(() => heard.includes('refused')).toBe(true)
    link.hurry()
    link.renew()
    expect(link.isUp()).toBe(false)
  })
})
