import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { addressOf } from '../../../server/http/address.ts'
import { readSessionToken, sessionCookies } from '../../../server/http/cookies.ts'
import { csv } from '../../../server/http/csv.ts'
import { createOwnAddress } from '../../../server/http/own-origin.ts'
import { withIsoTimes } from '../../../server/http/wire-time.ts'

describe('CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes a text of the formula %j', (text) => {
    expect(csv([[text]])).toBe(`"'${text}"\r\n`)
  })

  it('quotes what would break a row, and leaves numbers alone', () => {
    expect(csv([['a,b', 'say "hi"', 'two\nlines', -5, null]])).toBe('"a,b","say ""hi""","two\nlines",-5,\r\n')
  })
})

describe('times on the way out', () => {
  it('are ISO 8601 under the names of times, at any depth', () => {
    expect(withIsoTimes({ items: [{ at: 0, closedAt: null, waitingSince: 1, n: 1 }] })).toEqual({
      items: [
        { at: '1970-01-01T00:00:00.000Z', closedAt: null, waitingSince: '1970-01-01T00:00:00.001Z', n: 1 },
      ],
    })
  })

  it('leave what a page chose the names of', () => {
    expect(withIsoTimes({ attributes: { createdAt: 5 } })).toEqual({ attributes: { createdAt: 5 } })
  })
})

describe('the client’s address', () => {
  const from = (forwarded: string | undefined, hops: number) => {
    const socket = new Socket()
    Object.defineProperty(socket, 'remoteAddress', { value: '192.0.2.1' })
    const request = new IncomingMessage(socket)
    if (forwarded) request.headers['x-forwarded-for'] = forwarded
    return addressOf(request, hops)
  }

  it('is the socket’s own when no proxy is trusted, whatever is claimed', () => {
    expect(from('203.0.113.9', 0)).toBe('192.0.2.1')
  })

  it('is what the outermost trusted proxy saw', () => {
    expect(from('198.51.100.6, 203.0.113.9', 1)).toBe('203.0.113.9')
    expect(from('198.51.100.6, 203.0.113.9, 192.0.2.2', 2)).toBe('203.0.113.9')
    expect(from(undefined, 1)).toBe('192.0.2.1')
  })
})

describe('P6 own origins', () => {
  const own = createOwnAddress('https://chat.example.com')

  it.each([
    ['https://chat.example.com', 'chat.example.com', true],
    ['http://localhost:3000', 'localhost:3000', true],
    ['http://localhost:3000', 'localhost:4000', false],
    ['http://chat.example.com', 'chat.example.com', false],
    ['https://chat.example.com.evil.example', 'chat.example.com.evil.example', false],
    ['http://evil.example:3000', 'evil.example:3000', false],
    ['null', 'localhost:3000', false],
  ])('%s asking for %s: %s', (origin, host, expected) => {
    expect(own.isOwn(origin, host)).toBe(expected)
  })

  it('W56 have one session cookie over https, with the prefix, and believe no other', () => {
    const token = 'A'.repeat(43)
    expect(sessionCookies(own, token).map((one) => one.split('=')[0])).toEqual([
      '__Host-ahlan',
      'ahlan_signed_in',
    ])
    expect(sessionCookies(own, token).every((one) => one.includes('; Secure'))).toBe(true)
    expect(readSessionToken(own, `ahlan_session=${token}`)).toBe(null)
    expect(readSessionToken(own, `a=b; __Host-ahlan=${token}`)).toBe(token)
  })

  it('name this machine in all its ways while nothing else was said', () => {
    const local = createOwnAddress(null)
    local.listening(4321)
    expect(local.all()).toEqual(['http://localhost:4321', 'http://127.0.0.1:4321', 'http://[::1]:4321'])
  })
})
