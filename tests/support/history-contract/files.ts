import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { StoredFile } from '../../../server/history/files.ts'
import { makeId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import {
  newClientId,
  newConversationId,
  newSiteId,
  newTokenHash,
  newVisitorId,
  noon,
  scene,
  taken,
} from '../history-cast.ts'
import { history } from './held.ts'

const aFile = (more: Partial<StoredFile> = {}): StoredFile => ({
  ...{ id: makeId('f', noon, randomBytes(10)), name: 'بلیت \u0000.pdf', size: 7, type: 'application/pdf' },
  ...{ siteId: newSiteId(), owner: newVisitorId(), clientId: newClientId(), conversationId: null },
  ...{ message: null, visibility: 'visible', sha256: randomBytes(32).toString('hex'), createdAt: noon },
  ...more,
})
const kept = (file: StoredFile) => history().files.kept([file.sha256])

/** The visitor's file, held for a message of theirs. */
const held = async (file: StoredFile, message = newClientId(), conversationId = file.conversationId) =>
  history().files.hold({
    ...{ ids: [file.id], owner: file.owner, message, conversationId, visibility: 'visible', at: noon },
  })
const codeOf = async (...asked: Parameters<typeof held>) => {
  const result = await held(...asked)
  return result.ok ? 'ok' : result.error.code
}

describe('files', () => {
  it('F2 are stored once by their owner’s client id, at the same moment too', async () => {
    const file = aFile()
    const again = { ...aFile(), owner: file.owner, clientId: file.clientId }
    const [one, other] = await Promise.all([history().files.add(file), history().files.add(again)])
    expect(one).toEqual(other)
    expect(await history().files.findOwn(file.owner, file.clientId)).toEqual(one)
    expect(await history().files.find(one.id)).toEqual(one)
    expect(await history().files.find(aFile().id)).toBeNull()
  })

  it('F3 are counted by owner and by site since a moment', async () => {
    const [siteId, owner] = [newSiteId(), newVisitorId()]
    await history().files.add(aFile({ siteId, owner, size: 20_000_000 }))
    await history().files.add(aFile({ siteId, owner, size: 5 }))
    await history().files.add(aFile({ siteId, size: 1 }))
    await history().files.add(aFile({ siteId, owner, size: 9, createdAt: noon - day }))
    const since = noon - day
    const spent = await history().files.spent({ owner, siteId, since })
    expect(spent).toEqual({ ownBytes: 20_000_005, ownFiles: 2, siteBytes: 20_000_006 })
    const nobody = await history().files.spent({ owner: null, siteId, since })
    expect(nobody).toEqual({ ownBytes: 0, ownFiles: 0, siteBytes: 20_000_006 })
  })

  it('F8 are held by one message of their owner, which may ask again', async () => {
    const file = await history().files.add(aFile())
    const message = newClientId()
    const { id, name, size, type } = file
    expect(await held(file, message)).toEqual({ ok: true, value: [{ id, name, size, type }] })
    expect(await codeOf(file, message)).toBe('ok')
    expect(await codeOf(file)).toBe('conflict')
    expect(await codeOf({ ...file, owner: newVisitorId() }, message)).toBe('not_found')
    expect(await codeOf(aFile())).toBe('not_found')
  })

  it('F8 of an agent stay in the conversation they were uploaded for', async () => {
    const owner = makeId('a', noon, randomBytes(10))
    const file = await history().files.add(aFile({ owner, conversationId: newConversationId() }))
    const message = newClientId()
    expect(await codeOf(file, message, newConversationId())).toBe('not_found')
    expect(await codeOf(file, message)).toBe('ok')
  })

  it('F9 go when no message carries them a day later; those of a stored message stay for ever', async () => {
    const who = scene(history())
    const [unsent, sent, lost] = await Promise.all(
      [1, 2, 3].map(() => history().files.add(aFile({ owner: who.visitorId }))),
    )
    if (!unsent || !sent || !lost) throw new Error('There are three.')
    const clientId = newClientId()
    await held(sent, clientId)
    await held(lost)
    taken(await who.says('with a file', noon, clientId))
    const early = await history().files.sweep(noon - 1)
    expect(early.removed).not.toContain(unsent.sha256)
    const { removed } = await history().files.sweep(noon)
    expect(removed).toEqual(expect.arrayContaining([unsent.sha256, lost.sha256]))
    expect(await kept(sent)).toEqual([sent.sha256])
    expect([await kept(unsent), await kept(lost)]).toEqual([[], []])
    await history().files.sweep(noon * 2)
    expect(await history().files.find(sent.id)).not.toBeNull()
  })

  it('F10 of a visitor are forgotten, those that were sent to them too', async () => {
    const siteId = newSiteId()
    const { id } = await history().visitors.ensure({
      ...{ siteId, tokenHash: newTokenHash(), newId: newVisitorId(), locale: 'en', at: noon },
    })
    const who = scene(history(), siteId, id)
    const { conversation } = taken(await who.says('Hello'))
    const agent = makeId('a', noon, randomBytes(10))
    const own = await history().files.add(aFile({ owner: id }))
    const theirs = await history().files.add(aFile({ owner: agent, conversationId: conversation.id }))
    const others = await history().files.add(aFile({ sha256: own.sha256 }))
    const held = await history().erasures.held(id)
    expect(held?.files?.map((file) => Object(file).name).sort()).toEqual([own.name, theirs.name].sort())
    const erased = await history().erasures.erase(id, noon)
    expect(new Set(erased?.bytes)).toEqual(new Set([own.sha256, theirs.sha256]))
    expect(await history().files.find(own.id)).toBeNull()
    expect(await kept(own)).toEqual([own.sha256])
    expect(await kept(theirs)).toEqual([])
    expect(await history().files.find(others.id)).toEqual(others)
    await expect(history().files.add(aFile({ owner: id }))).rejects.toThrow('erased')
  })
})
