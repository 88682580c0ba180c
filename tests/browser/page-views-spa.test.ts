import { expect, it } from 'vitest'
import { times } from '../../shared/limits.ts'
import type { Guest } from '../support/guest.ts'
import { useTown } from '../support/town.ts'

const town = useTown({ keepsPages: true })

interface Told {
  url: string
  title: string
  referrer: string
}

/** Pages told to the server by beacon and by socket, in order; leaving is no page. */
function listen(guest: Guest): Told[] {
  const told: Told[] = []
  const take = (text: string | null) => {
    const view: Told | undefined = JSON.parse(text ?? '{}').view
    if (view) told.push(view)
  }
  guest.page.on('request', (request) => {
    if (request.url().endsWith('/v1/page-views')) take(request.postData())
  })
  guest.page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const [, view] = /\["page:view",(.*)\]$/s.exec(String(payload)) ?? []
      if (view) take(`{"view":${view}}`)
    }),
  )
  return told
}

/** What the visitor or the page does, and the page it leads to. */
const steps: [name: string, act: string, path: string][] = [
  [
    'pushState',
    `history.pushState(null, '', '/app/bowls?size=9&utm_source=mail')`,
    '/app/bowls?utm_source=mail',
  ],
  ['replaceState', `history.replaceState(null, '', '/app/cups')`, '/app/cups'],
  [
    'a link to a route in the fragment',
    `document.querySelector('a[href="#/tea"]').click()`,
    '/app/cups#/tea',
  ],
  ['location.hash', `location.hash = '#!/plates'`, '/app/cups#!/plates'],
  ['going back', `history.back()`, '/app/cups#/tea'],
  ['going back by two', `history.go(-2)`, '/app'],
  ['going forward by two', `history.go(2)`, '/app/cups#/tea'],
]

/** Where nobody can answer the beacon tells of each; where somebody can, the socket. */
it.each(['beacon', 'socket'])(
  'V1 V2 tells of every way to another page of an application, by %s',
  async (by) => {
    if (by === 'socket') await town.agent()
    const guest = await town.guest()
    const told = listen(guest)
    await guest.goto(town.page('/app', { body: '<h1>App</h1><a href="#/tea">Tea</a>' }))
    if (by === 'socket')
      await expect.poll(() => guest.frames.some((frame) => frame.includes('"hello"'))).toBe(true)
    const expected: Told[] = [{ url: `${town.shop.origin}/app`, title: 'Vases', referrer: '' }]
    for (const [name, act, path] of steps) {
      await guest.page.evaluate(`${act}; document.title = '${name}'`)
      expected.push({ url: town.shop.origin + path, title: name, referrer: expected.at(-1)?.url ?? '' })
      await expect.poll(() => told, { message: name }).toEqual(expected)
    }
    // The same page again, its query apart, is no other page. A timer set after ours ends after it.
    await guest.page.evaluate((settles) => {
      history.pushState(null, '', '/app/cups#/tea')
      history.replaceState(1, '', '?size=9#/tea')
      return new Promise((done) => setTimeout(done, settles))
    }, times.pageViewSettles)
    expect(told).toEqual(expected)
  },
)

it('V17 a page that comes out of the back-forward cache is a new view of the same visit, and not loaded', async () => {
  await town.agent()
  const guest = await town.guest({ prepare: `window.loaded = performance.now()` })
  const { visits } = town.world.app.domain
  const trail = () => {
    const visit = visits.live().find(({ landing }) => landing.url.endsWith('/kept/1'))
    return visit ? visits.trail(visit.visitId) : []
  }
  const shown = () => trail().map(({ url }) => new URL(url).pathname)
  await guest.goto(town.page('/kept/1'))
  const greeted = () => guest.frames.some((frame) => frame.includes('"hello"'))
  await expect.poll(greeted, { timeout: 10_000 }).toBe(true)
  const loaded = await guest.page.evaluate('window.loaded')
  town.page('/kept/2')
  await guest.page.evaluate(`location.href = '/kept/2'`)
  await expect.poll(shown, { timeout: 10_000 }).toEqual(['/kept/1', '/kept/2'])
  // Who is back within a moment has not left.
  await expect
    .poll(() => Date.now() - (trail()[0]?.leftAt ?? Date.now()), { timeout: 5_000 })
    .toBeGreaterThan(1_000)
  await guest.page.evaluate('void history.back()')
  await expect.poll(shown, { timeout: 10_000 }).toEqual(['/kept/1', '/kept/2', '/kept/1'])
  expect(await guest.page.evaluate('window.loaded')).toBe(loaded)
  await guest.page.evaluate(`history.pushState(null, '', '/kept/3')`)
  await expect.poll(shown, { timeout: 10_000 }).toEqual(['/kept/1', '/kept/2', '/kept/1', '/kept/3'])
})
