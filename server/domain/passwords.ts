import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { failure, type Result, success } from '../../shared/result.ts'

/** Cost of scrypt: memory is 128 × N × r bytes a run. */
export interface PasswordCost {
  N: number
  r: number
  p: number
}

export const passwordCost: PasswordCost = { N: 2 ** 17, r: 8, p: 1 }

export interface Passwords {
  hash(password: string): Promise<Result<string>>
  /** `hash: null` does the same work for an account that does not exist, and answers `right: false`. */
  check(password: string, hash: string | null): Promise<Result<{ right: boolean; outdated: boolean }>>
}

interface Parsed extends PasswordCost {
  salt: Buffer
  key: Buffer
}

const keyLength = 32

/** Each run takes 128 MiB and a core: more at once would let strangers exhaust the machine by signing in. */
const atOnce = 2
const waitingMost = 20

export function createPasswords(cost: PasswordCost = passwordCost): Passwords {
  const run = turnstile()
  const decoy: Parsed = { ...cost, salt: randomBytes(16), key: randomBytes(keyLength) }

  return {
    async hash(password) {
      const salt = randomBytes(16)
      const key = await run(() => derive(password, salt, cost))
      return key ? success(format({ ...cost, salt, key })) : busy()
    },
    async check(password, hash) {
      const known = hash === null ? null : parse(hash)
      const against = known ?? decoy
      const key = await run(() => derive(password, against.salt, against))
      if (!key) return busy()
      const equal = key.length === against.key.length && timingSafeEqual(key, against.key)
      return success({ right: known !== null && equal, outdated: known !== null && !sameCost(known, cost) })
    },
  }
}

const busy = () =>
  failure('rate_limited', 'Too many people are signing in. Try again shortly.', { retryAfterMs: 2_000 })

const derive = (password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const { N, r, p } = cost
    scrypt(password.normalize('NFKC'), salt, keyLength, { N, r, p, maxmem: 256 * N * r }, (fault, key) =>
      fault ? reject(fault) : resolve(key),
    )
  })

const format = ({ N, r, p, salt, key }: Parsed): string =>
  ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$')

function parse(hash: string): Parsed | null {
  const [name, N, r, p, salt, key] = hash.split('$')
  if (name !== 'scrypt' || !salt || !key) return null
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  if (!Object.values(cost).every((value) => Number.isSafeInteger(value) && value > 0)) return null
  return { ...cost, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') }
}

const sameCost = (one: PasswordCost, other: PasswordCost): boolean =>
  one.N === other.N && one.r === other.r && one.p === other.p

/** Lets `atOnce` runs in, `waitingMost` wait, and turns the rest away with null. */
function turnstile(): <T>(run: () => Promise<T>) => Promise<T | null> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (run) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingMost) return null
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running++
    try {
      return await run()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
