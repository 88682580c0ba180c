import { expect, it } from 'vitest'
import type { Guest } from '../support/guest.ts'
import { holdSocket, type Packet, type Way } from '../support/held-socket.ts'
import { useTown } from '../support/town.ts'

const town = useTown()

const ways: [Packet, Way][] = [
  ['connect', 'there'],
  ['connect', 'back'],
  ['hello', 'there'],
  ['hello', 'back'],
  ['visitor:keep', 'there'],
  ['visitor:keep', 'back'],
]

/** Remembers whether these words were ever to be seen in the chat. */
const watchFor = (guest: Guest, words: string) =>
  guest.page.evaluate((sought) => {
    const root = document.querySelector('ahlan-chat')?.shadowRoot
    if (!root) throw new Error('There is no chat to watch.')
    const look = () => root.textContent?.includes(sought) && Reflect.set(window, 'wasSeen', true)
    new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true })
  }, words)

/** Texts of the visitors' messages in the conversation that changed last, as the server has them. */
async function textsOnServer(): Promise<string[]> {
  const entries = await town.owner.get(`/api/v1/conversations/${await town.conversation()}/entries?after=0`)
  const items: { text?: string }[] = Object(entries.json).items
  return items.flatMap(({ text }) => text ?? [])
}

it.each(ways)(
  'W21 what is written while %s is held on its way %s arrives once, and never fails',
  async (packet, way) => {
    await town.agent()
    const guest = await town.guest()
    const socket = await holdSocket(guest.page, packet, way)
    await guest.goto(town.page(`/${packet.replace(':', '-')}-${way}`))
    // Whoever is remembered is remembered by opening the chat: only then is there anything to hold.
    if (packet !== 'visitor:keep') await socket.holding
    await guest.open()
    await watchFor(guest, guest.words.notSent)
    await socket.holding
    await guest.writes(`First, ${packet} ${way}`)
    await guest.writes(`Second, ${packet} ${way}`)
    socket.release()
    const last = guest.log.locator('.group.own').last()
    await last.getByText(guest.confirmed).waitFor()
    await guest.says('And after.')
    expect(await textsOnServer()).toEqual([
      `First, ${packet} ${way}`,
      `Second, ${packet} ${way}`,
      'And after.',
    ])
    expect(await guest.page.evaluate(() => Reflect.get(window, 'wasSeen'))).toBeUndefined()
  },
)
