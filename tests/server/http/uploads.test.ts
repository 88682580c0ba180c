import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesPath } from '../../../shared/file-paths.ts'
import type { ClientId, VisitorToken } from '../../../shared/ids.ts'
import { limits } from '../../../shared/limits.ts'
import { attend } from '../../support/agent.ts'
import type { Client } from '../../support/client.ts'
import { aClientId, aToken } from '../../support/random.ts'
import { gif, png, uploadAsAgent, uploadAsVisitor } from '../../support/uploads.ts'
import { siteOf, visit } from '../../support/visitor.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let sara: Client
beforeAll(async () => {
  world = await openWorld()
  sara = await world.signIn()
})
afterAll(() => world.close())

const onDisk = () => readdir(join(world.dataDir, 'files')).catch(() => [])
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const text = (words: string) => new TextEncoder().encode(words)

const upload = (
  token: VisitorToken,
  bytes: Uint8Array<ArrayBuffer>,
  more: { clientId?: ClientId; name?: string; headers?: object } = {},
) => uploadAsVisitor(world, { token, bytes, ...more })

const read = (id: string, headers: Record<string, string>) =>
  fetch(`${world.url}${filesPath}/${id}`, { headers })
const asVisitor = (token: string) => ({ authorization: `Bearer ${token}` })
const asSara = () => ({ cookie: sara.cookie })

/** A visitor with a conversation, and Sara who watches it. */
async function talk() {
  const token = aToken()
  const amir = await visit(world, { token })
  const { conversation } = await amir.says('Hello')
  return { token, amir, conversation }
}

describe('uploading', () => {
  it('F1 stores the bytes once, under their hash, and tells a type by the bytes alone', async () => {
    const { status, json } = await upload(aToken(), png, { name: 'page.html' })
    expect([status, json]).toMatchObject([201, { name: 'page.html', size: png.length, type: 'image/png' }])
    await upload(aToken(), png)
    expect((await onDisk()).filter((name) => name === hashOf(png))).toHaveLength(1)
    const { json: page } = await upload(aToken(), text('<html><script>1</script>'), { name: 'a.png' })
    expect(page).toMatchObject({ type: 'application/octet-stream' })
  })

  it('F2 answers the same client id as the first time, whatever comes with it', async () => {
    const [token, clientId] = [aToken(), aClientId()]
    const first = await upload(token, png, { clientId })
    expect((await upload(token, gif, { clientId })).json).toEqual(first.json)
    const both = await Promise.all([1, 2].map(() => upload(token, gif, { clientId: aClientId() })))
    expect(new Set(both.map(({ json }) => Reflect.get(json, 'id'))).size).toBe(2)
    const other = await upload(aToken(), png, { clientId })
    expect(other.json).not.toEqual(first.json)
    const twice = aClientId()
    const at = await Promise.all([1, 2].map(() => upload(token, gif, { clientId: twice })))
    expect(at[0]?.json).toEqual(at[1]?.json)
  })

  it('F3 refuses what is too large, with the number, and stores nothing of it', async () => {
    const before = (await onDisk()).length
    const { status, json } = await upload(aToken(), new Uint8Array(limits.fileBytes + 1))
    expect([status, json]).toMatchObject([
      413,
      { error: { code: 'too_large', message: 'A file is at most 20 MB.', path: 'file' } },
    ])
    expect(await onDisk()).toHaveLength(before)
  })

  it('F4 leaves nothing behind of an upload that is cut', async () => {
    const before = await onDisk()
    const { token } = await talk()
    await new Promise<void>((resolve) => {
      const cut = request(`${world.url}${filesPath}?site=${siteOf(world).key}&clientId=${aClientId()}`, {
        method: 'POST',
        headers: { ...asVisitor(token), 'content-type': 'application/octet-stream', 'content-length': 1_000 },
      })
      cut.on('error', () => resolve())
      cut.write(new Uint8Array(500), () => cut.destroy())
    })
    await expect.poll(onDisk).toEqual(before)
    expect(world.log.filter((line) => line.includes('route:failed'))).toEqual([])
  })

  it('F5 names a file as it can be shown and saved: no folder, no turned letters, no other line', async () => {
    const names = ['../../etc/passwd', 'C:\\temp\\a.txt', 'exe\u202egpj.png', 'a\r\nSet-Cookie: x', '', '...']
    const long = `${'漢'.repeat(255)}.pdf`
    expect((await upload(aToken(), png, { name: long })).json).toMatchObject({
      name: `${'漢'.repeat(limits.fileNameCharacters - 4)}.pdf`,
    })
    const made = await Promise.all(names.map((name) => upload(aToken(), png, { name })))
    expect(made.map(({ json }) => Reflect.get(json, 'name'))).toEqual([
      'passwd',
      'a.txt',
      'exegpj.png',
      'a  Set-Cookie_ x',
      'file',
      'file',
    ])
  })

  it.each([
    ['no token', { authorization: '' }, 401],
    ['a token in another form', { authorization: 'Bearer x' }, 401],
    ['a form instead of a file', { 'content-type': 'multipart/form-data; boundary=x' }, 400],
    ['a page of somebody else', { origin: 'https://evil.example' }, 403],
  ])('F1 refuses %s', async (_, headers, status) => {
    expect((await upload(aToken(), png, { headers })).status).toBe(status)
  })

  it('F1 lets pages of the site ask first, and tells them why they were refused', async () => {
    const [origin = ''] = siteOf(world).origins
    const asked = await fetch(world.url + filesPath, { method: 'OPTIONS', headers: { origin } })
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin)
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization')
    const refused = await upload(aToken(), png, { headers: { origin, authorization: '' } })
    expect(refused.headers.get('access-control-allow-origin')).toBe(origin)
    const other = { method: 'OPTIONS', headers: { origin: 'https://evil.example' } }
    const evil = await fetch(world.url + filesPath, other)
    expect(evil.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('F3 P6 takes agents’ files from the console alone, for a conversation there is', async () => {
    const { conversation } = await talk()
    const good = { client: sara, bytes: png, conversationId: conversation.id }
    expect((await uploadAsAgent(world, good)).status).toBe(201)
    expect((await uploadAsAgent(world, { ...good, origin: 'https://evil.example' })).status).toBe(403)
    const viewer = await world.signInAs('viewer')
    expect((await uploadAsAgent(world, { ...good, client: viewer })).status).toBe(403)
  })
})

describe('reading', () => {
  it('F6 gives a file to be saved, never to be opened or kept', async () => {
    const token = aToken()
    const name = 'گزارش "۱".html'
    const { json } = await upload(token, text('<script>alert(1)</script>'), { name })
    const answer = await read(Reflect.get(json, 'id'), asVisitor(token))
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="_+.*"; filename\*=UTF-8''%/,
    )
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain('sandbox')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.text()).toBe('<script>alert(1)</script>')
  })

  it('F6 looks again whether a picture is one', async () => {
    const token = aToken()
    const { json } = await upload(token, gif)
    const id = Reflect.get(json, 'id')
    expect((await read(id, asVisitor(token))).headers.get('content-type')).toBe('image/gif')
    await writeFile(join(world.dataDir, 'files', hashOf(gif)), '<script>')
    expect((await read(id, asVisitor(token))).headers.get('content-type')).toBe('application/octet-stream')
    await writeFile(join(world.dataDir, 'files', hashOf(gif)), gif)
  })

  it('F7 W10 answers everybody else as if there were no such file', async () => {
    const { token, conversation } = await talk()
    const { json } = await upload(token, png)
    const id = Reflect.get(json, 'id')
    const answers = await Promise.all([
      read(id, {}),
      read(id, asVisitor(aToken())),
      read(id, asVisitor((await talk()).token)),
      read(id, { cookie: `__Host-ahlan=${'A'.repeat(43)}` }),
      read('f_00000000000000000000000000', asVisitor(token)),
      read('x', asSara()),
    ])
    const [first, ...others] = await Promise.all(answers.slice(0, 5).map((answer) => answer.text()))
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404])
    expect(others.every((other) => other === first)).toBe(true)
    expect((await read(id, asSara())).status).toBe(200)
    expect(conversation.id).toMatch(/^c_/)
  })

  it('F7 C8 shows a visitor the files that agents sent them, and never those of a note', async () => {
    const { token, amir, conversation } = await talk()
    const [sent, noted] = await Promise.all(
      [1, 2].map(() => uploadAsAgent(world, { client: sara, bytes: png, conversationId: conversation.id })),
    )
    const [visible, note] = [sent, noted].map((one) => String(Reflect.get(Object(one?.json), 'id')))
    expect((await read(visible ?? '', asVisitor(token))).status).toBe(404)
    const path = `/api/v1/conversations/${conversation.id}`
    const say = (where: string, file = '') =>
      sara.send('POST', `${path}/${where}`, { clientId: aClientId(), text: '', files: [file] })
    expect((await say('messages', visible)).status).toBe(201)
    expect((await say('notes', note)).status).toBe(201)
    expect((await read(visible ?? '', asVisitor(token))).status).toBe(200)
    expect((await read(note ?? '', asVisitor(token))).status).toBe(404)
    const { entries } = await amir.wire.heard(
      'entries:added',
      (told) => 'files' in Object(told.entries.at(-1)),
    )
    expect(entries.at(-1)).toMatchObject({
      text: '',
      files: [{ id: visible, name: 'a.png', type: 'image/png' }],
    })
    const others = await talk()
    expect((await read(visible ?? '', asVisitor(others.token))).status).toBe(404)
  })
})

describe('a message with files', () => {
  const fileOf = async (token: VisitorToken, bytes = png): Promise<string> =>
    Reflect.get((await upload(token, bytes)).json, 'id')
  const say = (files: string[], more = {}) => ({
    ...{ clientId: aClientId(), conversationId: null, text: '', files },
    ...more,
  })

  it('F8 carries what everybody sees of them, in the order given, and W5 again when it comes again', async () => {
    const token = aToken()
    const amir = await visit(world, { token })
    const files = [await fileOf(token, gif), await fileOf(token)]
    const message = say(files)
    const { entries, conversation } = await amir.wire.get('message:send', message)
    expect(entries.at(-1)).toMatchObject({ text: '', files: files.map((id) => ({ id })) })
    expect(conversation.lastMessage).toMatchObject({ text: '', files: 2 })
    expect(await amir.wire.get('message:send', message)).toMatchObject({ duplicate: true, entries })
    const other = { ...message, files: files.toReversed() }
    expect(await amir.wire.failureOf('message:send', other)).toBe('conflict')
    const watching = await attend(world)
    const { entries: seen } = await watching.wire.get('conversation:watch', {
      conversationId: conversation.id,
      after: null,
    })
    expect(seen).toEqual(entries)
  })

  it('F8 refuses files that are another’s, in another message, too many or twice', async () => {
    const token = aToken()
    const amir = await visit(world, { token })
    const [own, others] = [await fileOf(token), await fileOf(aToken())]
    await amir.wire.get('message:send', say([own]))
    const again = await fileOf(token)
    const codes = [say([others]), say([own]), say([again, again]), say([]), { ...say([]), files: undefined }]
    const answers = await Promise.all(codes.map((one) => amir.wire.ask('message:send', one)))
    expect(answers.map((one) => !one.ok && [one.error.code, one.error.path])).toEqual([
      ['not_found', 'files'],
      ['conflict', 'files'],
      ['invalid', 'files'],
      ['invalid', 'files'],
      ['invalid', 'text'],
    ])
  })

  it('F8 W22 is not overtaken by what its author says after it', async () => {
    const token = aToken()
    const amir = await visit(world, { token })
    const files = [await fileOf(token)]
    const sent = [say(files, { text: '1' }), say([], { text: '2' }), say([], { text: '3' })]
    for (const one of sent) if (one.files.length === 0) Reflect.deleteProperty(one, 'files')
    const answers = await Promise.all(sent.map((one) => amir.wire.get('message:send', one)))
    expect(answers.map(({ entries }) => entries.at(-1)?.seq)).toEqual([1, 2, 3])
  })

  it('F6 is what was sent, byte by byte', async () => {
    const token = aToken()
    const bytes = new Uint8Array(3_000_000).map((_, index) => (index * 7919) % 251)
    const id = await fileOf(token, bytes)
    const answer = await read(id, asVisitor(token))
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    const stored = await readFile(join(world.dataDir, 'files', hashOf(bytes)))
    expect(stored.equals(bytes)).toBe(true)
  })
})
