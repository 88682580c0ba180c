import { describe, expect, it } from 'vitest'
import { withSpare } from '../../widget/connection/letter-box.ts'
import type { Letter, LetterBox } from '../../widget/connection/outbox.ts'
import { aClientId } from '../support/random.ts'

const letter: Letter = {
  clientId: aClientId(),
  conversationId: null,
  shownIn: null,
  text: 'On my way out',
  writtenAt: 1,
}

function boxOf(...letters: Letter[]): LetterBox {
  const held = new Map(letters.map((one) => [one.clientId, one]))
  return {
    all: async () => [...held.values()],
    put: async (one) => void held.set(one.clientId, one),
    remove: async (clientId) => void held.delete(clientId),
  }
}

describe('the box of letters', () => {
  it('W19 holds a letter before the database has finished, since the page may be left', async () => {
    const spare = boxOf()
    const slow = { ...boxOf(), put: () => new Promise<void>(() => undefined) }
    void withSpare(slow, spare).put(letter)
    expect(await spare.all()).toEqual([letter])
  })

  it('W19 leaves the spare empty once the database has the letter', async () => {
    const [first, spare] = [boxOf(), boxOf()]
    await withSpare(first, spare).put(letter)
    expect([await first.all(), await spare.all()]).toEqual([[letter], []])
  })

  it('W19 shows a letter once that both of them hold', async () => {
    expect(await withSpare(boxOf(letter), boxOf(letter)).all()).toEqual([letter])
  })

  it('W55 finds a letter that moves into the database while it looks, and before those written later', async () => {
    const [first, spare] = [boxOf(), boxOf(letter)]
    const later = { ...letter, clientId: aClientId(), writtenAt: 2 }
    const moving = {
      ...first,
      async all() {
        const before = await first.all()
        await first.put(letter)
        await spare.remove(letter.clientId)
        await spare.put(later)
        return before
      },
    }
    expect((await withSpare(moving, spare).all())[0]).toEqual(letter)
  })
})
