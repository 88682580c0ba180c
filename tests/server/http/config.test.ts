import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../server/config.ts'
import { createLog } from '../../../server/log.ts'
import { handClock } from '../../support/clock.ts'

describe('the environment', () => {
  it('needs nothing, and lets only this machine in by default', () => {
    const { config, faults } = readConfig({})
    expect(faults).toEqual([])
    expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', publicUrl: null, dataDir: './data' })
  })

  it('tells all its faults at once', () => {
    const { faults } = readConfig({
      PORT: '70000',
      PUBLIC_URL: 'https://chat.example.com/sub',
      DATABASE_URL: 'mysql://x',
      TRUST_PROXY_HOPS: 'true',
      LOG_LEVEL: 'loud',
      AHLAN_SEED: 'yes',
      REDIS_URL: 'redis://localhost',
      AHLAN_OWNER_PASSWORD: 'short',
    })
    const named = faults.map((fault) => fault.split(' ')[0]).sort()
    expect(named).toEqual([
      ...['AHLAN_OWNER_PASSWORD', 'AHLAN_SEED', 'DATABASE_URL', 'LOG_LEVEL'],
      ...['PORT', 'PUBLIC_URL', 'REDIS_URL', 'TRUST_PROXY_HOPS'],
    ])
  })

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ faults: [], config: { port: 3000 } })
  })

  it('wants owner’s e-mail and password together', () => {
    expect(readConfig({ AHLAN_OWNER_EMAIL: 'a@example.com' }).faults).toHaveLength(1)
    const both = { AHLAN_OWNER_EMAIL: 'a@example.com', AHLAN_OWNER_PASSWORD: 'long enough for it' }
    expect(readConfig(both).config.firstOwner?.email).toBe('a@example.com')
  })

  it('V42 wants a proxy in front of a country, and the name of a header', () => {
    expect(readConfig({ COUNTRY_HEADER: 'CF-IPCountry' }).faults).toHaveLength(1)
    expect(readConfig({ COUNTRY_HEADER: 'a header', TRUST_PROXY_HOPS: '1' }).faults).toHaveLength(1)
    const both = readConfig({ COUNTRY_HEADER: 'CF-IPCountry', TRUST_PROXY_HOPS: '1' })
    expect(both).toMatchObject({ faults: [], config: { countryHeader: 'CF-IPCountry' } })
  })

  it('is listed whole in .env.example', async () => {
    const example = await readFile('.env.example', 'utf8')
    const source = await readFile('server/config.ts', 'utf8')
    const read = new Set([...source.matchAll(/'((?:AHLAN_)?[A-Z]+_?[A-Z_]*)'/g)].map(([, name]) => name))
    expect(read.size).toBeGreaterThan(8)
    for (const name of read) expect(example).toContain(`\n${name}=`)
  })
})

describe('P7 the log', () => {
  const written = (details: object): string => {
    const lines: string[] = []
    createLog({ level: 'info', clock: handClock(), write: (line) => lines.push(line) }).info('it', details)
    return lines.join('')
  }

  it('is one JSON line an event', () => {
    expect(JSON.parse(written({ n: 1 }))).toEqual({
      ...{ time: '2026-03-21T09:00:00.000Z', level: 'info', event: 'it', n: 1 },
    })
  })

  it.each([
    'token',
    'passwordHash',
    'cookie',
    'Authorization',
    'text',
    'comment',
    'email',
    'apiKey',
    'address',
  ])('hides what stands under %s, at any depth', (key) => {
    expect(written({ [key]: 'hush' })).not.toContain('hush')
    expect(written({ deep: [{ [key]: { inner: 'hush' } }] })).not.toContain('hush')
  })

  it('shows where a fault came from, and survives a circle', () => {
    const circle: { self?: unknown } = {}
    circle.self = circle
    expect(written({ fault: new TypeError('broken', { cause: new Error('because') }) })).toContain('because')
    expect(written(circle)).toContain('[deep]')
  })

  it('keeps quiet below its level', () => {
    const lines: string[] = []
    createLog({ level: 'warn', clock: handClock(), write: (line) => lines.push(line) }).info('it')
    expect(lines).toEqual([])
  })
})
