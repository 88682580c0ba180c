import { afterEach, expect, it } from 'vitest'
import { limits } from '../../../shared/limits.ts'
import { protocolVersion, wirePath } from '../../../shared/protocol.ts'
import { type Answer, ask } from '../../support/client.ts'
import { aClientId, aPage, aToken } from '../../support/random.ts'
import { pageAt, siteOf, visit } from '../../support/visitor.ts'
import { openWorld, type World, type WorldOptions } from '../../support/world.ts'

let world: World | undefined
afterEach(() => world?.close())

/** Long polling as it goes over the wire, request by request. */
async function poller(options: WorldOptions = {}) {
  const opened = await openWorld(options)
  world = opened
  const origin = pageAt(opened, '')
  const address = `${opened.url}${wirePath}/?EIO=4&transport=polling`
  const get = (sid = ''): Promise<Answer> => ask(address + sid, { headers: { origin } })
  const tell = (sid: string, body: string): Promise<Answer> =>
    ask(address + sid, { method: 'POST', headers: { origin, 'content-type': 'text/plain' }, body })
  return {
    origin,
    world: opened,
    get,
    tell,
    /** Has joined; answers what names the session. */
    async join(): Promise<string> {
      const shaken = await get()
      const sid = `&sid=${JSON.parse(shaken.text.slice(1)).sid}`
      const { key: site } = siteOf(opened)
      const auth = { site, page: aPage(), token: aToken(), consent: 'essential', locale: 'en' }
      await tell(sid, `40/visitor,${JSON.stringify({ ...auth, device: 'desktop' })}`)
      await get(sid)
      return sid
    },
  }
}
const hello = `42/visitor,1${JSON.stringify(['hello', { protocolVersion, resume: null }])}`
const say = (id: number, text: string) =>
  `42/visitor,${id}${JSON.stringify(['message:send', { clientId: aClientId(), conversationId: null, text }])}`

it('W31 sets no cookie, and lets the page that asks read the answer', async () => {
  const { get, origin } = await poller()
  const { status, headers } = await get()
  expect([status, headers.get('set-cookie')]).toEqual([200, null])
  expect(headers.get('access-control-allow-origin')).toBe(origin)
  expect(headers.get('access-control-allow-credentials')).toBeNull()
})

it('W31 answers many packets of one request in one', async () => {
  const { get, tell, join } = await poller()
  const sid = await join()
  await tell(sid, hello)
  await get(sid)
  await tell(sid, ['one', 'two', 'three'].map((text, i) => say(i + 2, text)).join('\x1e'))
  let heard = ''
  while (!/43\/visitor,4/.test(heard)) heard += (await get(sid)).text
  expect(heard.match(/43\/visitor,\d+\[\{"ok":true/g)).toHaveLength(3)
})

it('W31 takes no more at once than a frame may hold, and cuts who sends more', async () => {
  const { tell, join, world } = await poller()
  const sid = await join()
  const large = await tell(sid, 'x'.repeat(limits.frameBytes + 1))
  expect(large.status).toBe(413)
  const amir = await visit(world, { token: aToken() })
  await amir.says('Others go on')
  amir.wire.close()
})

it('W17 counts those who poll among the connections of an address', async () => {
  const { get, join } = await poller({ live: { socketsPerAddress: 1 } })
  await join()
  await join()
  const third = await get()
  const sid = `&sid=${JSON.parse(third.text.slice(1)).sid}`
  expect((await get(sid)).status).toBe(400)
})

it('W2 cuts two requests of one session that wait at once, and nobody else', async () => {
  const { get, tell, join } = await poller()
  const sid = await join()
  const [one, two] = await Promise.all([get(sid), get(sid)])
  expect([one.status, two.status]).toContain(400)
  expect((await tell(sid, hello)).status).toBe(400)
  const other = await join()
  expect((await tell(other, hello)).status).toBe(200)
})
