import { expect, it } from 'vitest'
import { useTown } from '../support/town.ts'

// Nobody can answer in this town, so nothing beyond the loader is of use before a click.
const town = useTown()

const twoIdleSlots = () => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done)))

it('H1 loads nothing after the page view, and opens no socket, until somebody clicks', async () => {
  const guest = await town.guest()
  await guest.goto(town.page('/quiet'))
  await guest.page.evaluate(twoIdleSlots)
  const ours = guest.requests.filter((url) => url.startsWith(town.world.url))
  expect(ours).toEqual([`${town.world.url}/widget.js`, `${town.world.url}/v1/page-views`])
  expect(guest.sockets).toEqual([])
  await guest.open()
  expect(guest.sockets).toHaveLength(1)
})
