import { describe, expect, it } from 'vitest'
import { behind } from '../support/behind.ts'
import type { Guest } from '../support/guest.ts'
import { useTown } from '../support/town.ts'

const town = useTown()

const polls = ({ requests }: Guest) => requests.filter((one) => one.includes('transport=polling'))
const pollingChunk = ({ requests }: Guest) => requests.filter((one) => /\/w\/polling-/.test(one))

describe('behind a proxy that lets no WebSocket through', () => {
  it.each(['refused', 'swallowed'] as const)('W31 two people chat, its upgrade %s', async (upgrades) => {
    const { guest } = await behind(town, upgrades)
    await guest.open()
    await guest.says('Does this reach anybody?')
    const agent = await town.agent()
    const id = await town.conversation()
    await agent.watch(id)
    await agent.says(id, 'It does.')
    await guest.log.getByText('It does.').waitFor()
    await guest.says('Good')
    await agent.wire.heard('entries:added', ({ entries }) => JSON.stringify(entries).includes('Good'))
    expect(polls(guest).length).toBeGreaterThan(3)
    expect(pollingChunk(guest)).toHaveLength(1)
  })

  it('W31 polls at once on the next page, and speaks by WebSocket again once the wall is gone', async () => {
    const { guest, proxy, address } = await behind(town, 'refused')
    await guest.open()
    await guest.says('From behind the wall')
    const tried = guest.sockets.length
    await guest.page.reload()
    await guest.log.getByText('From behind the wall').waitFor()
    await guest.says('Found out already')
    expect(guest.sockets).toHaveLength(tried)
    proxy.upgrades = 'passed'
    await guest.page.evaluate(() => {
      const key = Object.keys(localStorage).find((one) => one.startsWith('ahlan:')) ?? ''
      localStorage[key] = JSON.stringify({ ...JSON.parse(localStorage[key]), pollUntil: 0 })
    })
    await guest.page.goto('about:blank')
    await guest.page.goto(address)
    await guest.log.getByText('From behind the wall').waitFor()
    const before = polls(guest).length
    await guest.says('The wall is gone')
    expect(polls(guest)).toHaveLength(before)
  })
})

it('W31 nobody else downloads what it takes to poll', async () => {
  const guest = await town.guest()
  await guest.goto(town.page('/plain'))
  await guest.open()
  await guest.says('By socket')
  expect(pollingChunk(guest)).toEqual([])
})

it('H6 W31 chats under a policy that names the chat’s http origin alone', async () => {
  town.guard.allow(/Content Security Policy|WebSocket/)
  const guest = await town.guest()
  const { url } = town.world
  const policy = `default-src 'none'; script-src ${url}; connect-src ${url}; require-trusted-types-for 'script'; trusted-types 'none'`
  await guest.goto(town.page('/strict', { headers: { 'content-security-policy': policy } }))
  await guest.open()
  await guest.says('No socket is allowed here')
  const id = await town.conversation()
  await town.answers(id, 'Yet here we are')
  await guest.log.getByText('Yet here we are').waitFor()
  expect(pollingChunk(guest)).toHaveLength(1)
})
