import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Client } from '../support/client.ts'
import { aToken } from '../support/random.ts'
import { visit } from '../support/visitor.ts'
import { openWorld, owner, type World } from '../support/world.ts'
import { openConsole } from './support/console.ts'

let world: World
let clients: readonly [Client, Client]
beforeAll(async () => {
  world = await openWorld()
  clients = [await world.signIn(owner), await world.signInAs('agent')]
})
afterAll(() => world.close())

/** Two consoles of two agents with the same conversation open. */
async function twoConsoles() {
  const guest = await visit(world, { token: aToken() })
  const { id } = (await guest.says('Who helps me?')).conversation
  const open = async (client: Client) => {
    const opened = await openConsole({ url: world.url, client })
    opened.desk.watch(id)
    await opened.until(({ timelines }) => timelines.has(id))
    return opened
  }
  return { id, sara: await open(clients[0]), omid: await open(clients[1]) }
}

it('W6 C16 two who answer at once see each other write, and both answers in one order', async () => {
  const { id, sara, omid } = await twoConsoles()
  sara.desk.typing(id, true)
  omid.desk.typing(id, true)
  const writing = ({ typing }: ReturnType<typeof sara.state>) =>
    (typing.get(id)?.colleagues ?? []).map(({ id: who }) => who)
  await sara.until((desk) => writing(desk).includes(omid.state().me.id))
  await omid.until((desk) => writing(desk).includes(sara.state().me.id))
  sara.desk.reply(id, 'I do', false)
  omid.desk.reply(id, 'I do as well', false)
  const entries = ({ timelines }: ReturnType<typeof sara.state>) => timelines.get(id)?.entries ?? []
  await Promise.all([sara, omid].map((one) => one.until((desk) => entries(desk).length === 4)))
  expect(entries(sara.state())).toEqual(entries(omid.state()))
  expect([writing(sara.state()), writing(omid.state())]).toEqual([[], []])
  expect([sara, omid].flatMap(({ state }) => state().timelines.get(id)?.pending ?? [])).toEqual([])
})

it('C20 who comes second to take a conversation is told who has it, and takes nothing', async () => {
  const { id, sara, omid } = await twoConsoles()
  await Promise.all([sara, omid].map(({ desk, state }) => desk.assign(id, state().me.id)))
  const owners = [sara, omid].map(({ state }) => state().timelines.get(id)?.conversation?.assigneeId)
  expect(owners[0]).toBe(owners[1])
  const [first, second] = owners[0] === sara.state().me.id ? [sara, omid] : [omid, sara]
  expect(second.state().meanwhile.get(id)).toMatchObject({
    unchanged: true,
    entries: [{ kind: 'assigned', by: { id: first.state().me.id } }],
  })
  expect(first.state().meanwhile.get(id)).toBeUndefined()
})
