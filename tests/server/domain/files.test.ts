import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFiles } from '../../../server/domain/files.ts'
import type { Files, Incoming } from '../../../server/domain/files-domain.ts'
import { diskFiles } from '../../../server/files/disk-files.ts'
import type { FileHistory } from '../../../server/history/files.ts'
import { createLog } from '../../../server/log.ts'
import { systemRandom } from '../../../server/system.ts'
import type { MessageFile } from '../../../shared/file.ts'
import type { ConversationId, VisitorToken } from '../../../shared/ids.ts'
import { day, limits } from '../../../shared/limits.ts'
import type { Result } from '../../../shared/result.ts'
import { type DomainWorld, must, openDomain } from '../../support/domain-world.ts'
import { aClientId, aToken } from '../../support/random.ts'

let world: DomainWorld
beforeEach(async () => {
  world = await openDomain()
})
afterEach(() => world.end())

const onDisk = async () => (await readdir(join(world.dataDir, 'files')).catch(() => [])).sort()
const bytesOf = (text: string) => new TextEncoder().encode(text)

const incoming = (text: string, length = text.length): Incoming => ({
  ...{ name: 'a.txt', length },
  bytes: (async function* () {
    yield bytesOf(text)
  })(),
})

/** Brings some, and then nothing more: the connection has gone. */
const cutAfter = (text: string): Incoming => ({
  ...{ name: 'a.txt', length: 1_000 },
  bytes: (async function* () {
    yield bytesOf(text)
    throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
  })(),
})

/** As the file system says it when a piece does not fit any more. */
const withoutRoom = (): Incoming => ({
  ...{ name: 'a.txt', length: 1_000 },
  bytes: (async function* () {
    yield bytesOf('some')
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  })(),
})

/** The same, over a store that answers some things otherwise. */
const filesWith = (otherwise: Partial<FileHistory>) =>
  createFiles({
    history: { ...world.history, files: standIn(otherwise) },
    files: diskFiles(join(world.dataDir, 'files')),
    ...{ clock: world.clock, random: systemRandom },
    log: createLog({ level: 'error', clock: world.clock, write: () => undefined }),
  })
const standIn = (otherwise: Partial<FileHistory>): FileHistory =>
  new Proxy<FileHistory>(world.history.files, {
    get: (usual, name) => Reflect.get(name in otherwise ? otherwise : usual, name),
  })

async function reads({ id }: MessageFile, reader: 'agent' | VisitorToken): Promise<string> {
  const opened = await world.files.open(id, reader)
  if (opened.ok) opened.value.content.bytes.destroy()
  return codeOf(opened)
}

const uploads = (token: VisitorToken, what: Incoming, clientId = aClientId(), files: Files = world.files) =>
  files.takeFromVisitor({ site: world.site, token, clientId, locale: 'en', address: '192.0.2.7' }, what)

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code)

async function says(token: VisitorToken, text: string, files: MessageFile[]) {
  const visit = await world.opens('/', { token })
  const visitorId = must(await world.visits.ensureVisitor(visit))
  const { siteId } = visit
  const from = { siteId, visitorId, visitId: visit.id, conversationId: null }
  const carried = files.length > 0 ? { files: files.map(({ id }) => id) } : {}
  const message = { clientId: aClientId(), text, ...carried }
  return must(await world.conversations.postAsVisitor({ ...from, ...message }, {}))
}

const aConversation = async (token: VisitorToken) => (await says(token, 'Hello', [])).conversation

const replies = (conversationId: ConversationId, what: Incoming) =>
  world.files.takeFromAgent({ agent: world.sara, conversationId, clientId: aClientId() }, what)

describe('files', () => {
  it('F4 leaves nothing of an upload that was cut, and takes it the next time', async () => {
    const [token, clientId] = [aToken(), aClientId()]
    expect(codeOf(await uploads(token, cutAfter('half'), clientId))).toBe('unavailable')
    expect(await onDisk()).toEqual([])
    expect(codeOf(await uploads(token, incoming('whole'), clientId))).toBe('ok')
    expect(await onDisk()).toHaveLength(1)
  })

  it('F4 removes at the start what a killed process left, and keeps what is somebody’s', async () => {
    const token = aToken()
    const file = must(await uploads(token, incoming('mine')))
    const [kept = ''] = await onDisk()
    for (const name of ['.upload-0123', '0'.repeat(64)])
      await writeFile(join(world.dataDir, 'files', name), 'left')
    await world.files.start()
    await expect.poll(onDisk).toEqual([kept])
    expect(await reads(file, token)).toBe('ok')
  })

  it('F3 counts a visitor’s day, what is under way included', async () => {
    const token = aToken()
    const whole = limits.fileBytes
    const most = limits.fileBytesOfVisitorDay / whole
    const spent = { ownBytes: (most - 1) * whole, ownFiles: most - 1, siteBytes: 0 }
    const files = filesWith({ spent: async () => spent })
    const codes = (
      await Promise.all([1, 2].map(() => uploads(token, incoming('x', whole), aClientId(), files)))
    ).map(codeOf)
    expect(codes.filter((code) => code === 'too_large')).toHaveLength(1)
  })

  it('F3 lets one person upload a few at once, and everybody else meanwhile', async () => {
    const token = aToken()
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const many = Array.from({ length: 6 }, () => uploads(token, heldBack('x', 1, gate)))
    expect(codeOf(await uploads(aToken(), incoming('another')))).toBe('ok')
    open()
    const codes = (await Promise.all(many)).map(codeOf).sort()
    expect(codes).toEqual(['ok', 'ok', 'ok', 'ok', 'rate_limited', 'rate_limited'])
  })

  it('F3 lets one network upload so many at once, whoever it says it is, and others and agents meanwhile', async () => {
    const conversation = await aConversation(aToken())
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const many = Array.from({ length: 20 }, () => uploads(aToken(), heldBack('x', 1, gate)))
    const elsewhere = { site: world.site, token: aToken(), clientId: aClientId(), locale: 'en' as const }
    expect(
      codeOf(
        await world.files.takeFromVisitor({ ...elsewhere, address: '198.51.100.9' }, incoming('elsewhere')),
      ),
    ).toBe('ok')
    expect(codeOf(await replies(conversation.id, incoming('from an agent')))).toBe('ok')
    open()
    const codes = (await Promise.all(many)).map(codeOf)
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(4)
  })

  it('F10 P22 keeps nothing of what an agent was uploading for somebody who was erased meanwhile', async () => {
    const conversation = await aConversation(aToken())
    let open: () => void = () => undefined
    const gate = new Promise<void>((resolve) => {
      open = resolve
    })
    const uploading = replies(conversation.id, heldBack('your invoice', 12, gate))
    must(await world.visitors.erase(conversation.visitorId, world.sara))
    open()
    expect(codeOf(await uploading)).toBe('not_found')
    expect(await onDisk()).toEqual([])
  })

  it('F9 removes what was never sent after a day, by itself; what was sent stays', async () => {
    const token = aToken()
    await world.files.start()
    const [sent, unsent] = [
      must(await uploads(token, incoming('sent'))),
      must(await uploads(token, incoming('unsent'))),
    ]
    await says(token, '', [sent])
    world.clock.advance(day / 2)
    await world.files.sweep()
    expect(await onDisk()).toHaveLength(2)
    world.clock.advance(day / 2 + 1)
    await expect.poll(onDisk).toHaveLength(1)
    expect(await reads(sent, token)).toBe('ok')
    expect(await reads(unsent, token)).toBe('not_found')
  })

  it('F10 forgets a visitor’s files with every byte, unless another has the same', async () => {
    const [amir, mina] = [aToken(), aToken()]
    const own = must(await uploads(amir, incoming('his alone')))
    await uploads(amir, incoming('theirs'))
    const shared = must(await uploads(mina, incoming('theirs')))
    const { conversation } = await says(amir, 'Look', [own])
    must(await world.visitors.erase(conversation.visitorId, world.sara))
    expect(await onDisk()).toHaveLength(1)
    expect(await reads(own, 'agent')).toBe('not_found')
    expect(await reads(shared, mina)).toBe('ok')
    expect(await uploads(amir, incoming('late'))).toMatchObject({ ok: false, error: { reason: 'erased' } })
    expect(await onDisk()).toHaveLength(1)
  })

  it('F4 S1 says that the disk is full, keeps nothing, and goes on once there is room', async () => {
    const token = aToken()
    const refused = await uploads(token, withoutRoom())
    expect(refused).toMatchObject({ ok: false, error: { code: 'unavailable' } })
    expect(await onDisk()).toEqual([])
    expect(codeOf(await uploads(token, incoming('room')))).toBe('ok')
  })

  it('F1 records nothing whose bytes are not there, and keeps no bytes that were not recorded', async () => {
    const files = filesWith({
      add: async () => {
        throw new Error('no store')
      },
    })
    await expect(uploads(aToken(), incoming('unrecorded'), aClientId(), files)).rejects.toThrow('no store')
    expect(await onDisk()).toEqual([])
  })

  it('F6 gives back what was sent', async () => {
    const { id } = must(await uploads(aToken(), incoming('word for word')))
    const { file, content } = must(await world.files.open(id, 'agent'))
    expect(Buffer.concat(await content.bytes.toArray()).toString()).toBe('word for word')
    expect(file).toEqual({ id, name: 'a.txt', size: 13, type: 'application/octet-stream' })
  })
})

const heldBack = (text: string, length: number, until: Promise<void>): Incoming => ({
  ...{ name: 'a.txt', length },
  bytes: (async function* () {
    await until
    yield bytesOf(text)
  })(),
})
