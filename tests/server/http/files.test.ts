import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compressTree } from '../../../server/dev/compress.ts'
import { ask } from '../../support/client.ts'
import { openWorld, type World } from '../../support/world.ts'

let world: World
let publicDir: string

beforeAll(async () => {
  publicDir = await mkdtemp(join(tmpdir(), 'ahlan-public-'))
  for (const folder of ['w', 'console', 'demo/fa']) await mkdir(join(publicDir, folder), { recursive: true })
  await writeFile(join(publicDir, 'widget.js'), '/* the loader */'.repeat(20))
  await writeFile(join(publicDir, 'w/chat-ABCDEFGH.js'), 'export {}')
  await writeFile(join(publicDir, 'console/index.html'), '<!doctype html><title>Console</title>')
  await writeFile(join(publicDir, 'demo/index.html'), '<!doctype html><title>Shop</title>')
  await writeFile(join(publicDir, 'demo/fa/index.html'), '<!doctype html><title>فروشگاه</title>')
  await writeFile(join(publicDir, 'secret.key'), 'not for anybody')
  await compressTree(publicDir)
  world = await openWorld({ publicDir })
})
afterAll(async () => {
  await world.close()
  await rm(publicDir, { recursive: true })
})

describe('the built files', () => {
  it('come compressed ahead of time, by what the browser takes', async () => {
    const answers = await Promise.all(
      ['br', 'gzip', 'identity'].map((encoding) =>
        ask(`${world.url}/widget.js`, { headers: { 'accept-encoding': encoding } }),
      ),
    )
    expect(answers.map(({ headers }) => headers.get('content-encoding'))).toEqual(['br', 'gzip', null])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]?.headers.get('vary')).toBe('Accept-Encoding')
    expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(3)
  })

  it('keep the loader fresh and the chunks for ever', async () => {
    const loader = await ask(`${world.url}/widget.js`)
    expect(loader.headers.get('cache-control')).toContain('max-age=300')
    const chunk = await ask(`${world.url}/w/chat-ABCDEFGH.js`)
    expect(chunk.headers.get('cache-control')).toContain('immutable')
    expect(chunk.headers.get('access-control-allow-origin')).toBe('*')
    expect(chunk.headers.get('content-type')).toContain('text/javascript')
  })

  it('are not sent again to who has them', async () => {
    const etag = (await ask(`${world.url}/widget.js`)).headers.get('etag') ?? ''
    const again = await ask(`${world.url}/widget.js`, { headers: { 'if-none-match': etag } })
    expect([again.status, again.text]).toEqual([304, ''])
  })

  it('are only those a browser needs', async () => {
    expect((await ask(`${world.url}/secret.key`)).status).toBe(404)
    expect((await ask(`${world.url}/widget.js.br`)).status).toBe(404)
  })

  it('serve folders by their page', async () => {
    expect((await ask(`${world.url}/demo/fa/`)).text).toContain('فروشگاه')
    const bare = await ask(`${world.url}/demo/fa`)
    expect([bare.status, bare.headers.get('location')]).toEqual([308, '/demo/fa/'])
    expect((await ask(`${world.url}/`)).headers.get('location')).toBe('/demo/')
  })
})

describe('the console’s page', () => {
  it('allows no inline code, no frame around it and no HTML sink', async () => {
    const { headers } = await ask(`${world.url}/console/`)
    const policy = headers.get('content-security-policy') ?? ''
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ])
      expect(policy).toContain(part)
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('strict-transport-security')).toBeNull()
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('binds browsers to https when that is where it lives', async () => {
    const other = await openWorld({ publicDir, publicUrl: 'https://chat.example.com' })
    expect(other.app.url()).toBe('https://chat.example.com')
    const { headers } = await ask(`${other.url}/console/`)
    expect(headers.get('strict-transport-security')).toContain('max-age=')
    await other.close()
  })
})

it('brotli files hold what the plain ones do', async () => {
  const path = join(publicDir, 'widget.js')
  expect(brotliDecompressSync(await readFile(`${path}.br`))).toEqual(await readFile(path))
})
