import type * as v from 'valibot'

/** What strangers may send, drawn from one seed. */
export class Garbage {
  constructor(private readonly random: () => number) {}

  one<T>(of: readonly T[]): T {
    const found = of[Math.floor(this.random() * of.length)]
    if (found === undefined) throw new Error('Nothing to choose from.')
    return found
  }

  chance(share: number): boolean {
    return this.random() < share
  }

  /** Any value of any kind. */
  value(): unknown {
    return this.one(kinds)(this)
  }

  text(most = 40): string {
    return this.letters(Math.floor(this.random() * most))
  }

  letters(count: number): string {
    let text = ''
    while (text.length < count) text += this.one(alphabet)
    return text
  }

  number(): number {
    return this.one([0, -1, 1.5, 2 ** 53, -(2 ** 31), 1e308, Math.floor(this.random() * 1e6)])
  }

  nested(depth: number): unknown {
    let value: unknown = this.text()
    for (let i = 0; i < depth; i++) value = this.chance(0.5) ? [value] : { a: value }
    return value
  }

  object(): Record<string, unknown> {
    const made: Record<string, unknown> = {}
    for (let i = Math.floor(this.random() * 4); i >= 0; i--)
      // Defined, so that `__proto__` becomes a key of its own as JSON.parse would make it.
      Object.defineProperty(made, this.one(keys), {
        value: this.text(),
        enumerable: true,
        configurable: true,
      })
    return made
  }

  /** The valid payload with one field spoilt, one missing, or one too many. */
  spoil(valid: Record<string, unknown>): Record<string, unknown> {
    const copy = { ...valid }
    const field = this.one([...Object.keys(copy), 'extra'])
    if (this.chance(0.15)) delete copy[field]
    else copy[field] = this.value()
    return copy
  }

  /** Something that certainly does not fit the schema. */
  misfit(schema: Pick<v.GenericSchema, '~run'>, valid: Record<string, unknown>): unknown {
    for (;;) {
      const made = this.chance(0.7) ? this.spoil(valid) : this.value()
      // As the other end will see it: JSON drops what it cannot say.
      const sent = Buffer.isBuffer(made) ? made : JSON.parse(JSON.stringify(made ?? null))
      if (schema['~run']({ value: sent }, {}).issues) return made
    }
  }
}

const alphabet = ['a', 'B', '7', ' ', '-', '_', '"', '\\', '\0', '\n', 'ب', '‮', '🙂', '<', '/', '%', "'", ';']
const keys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'then',
  'id',
  'seq',
  'author',
  'length',
  '',
]

const kinds: readonly ((garbage: Garbage) => unknown)[] = [
  () => null,
  () => true,
  (g) => g.number(),
  (g) => g.text(),
  (g) => g.object(),
  (g) => [g.text(), g.number()],
  () => [],
  () => ({}),
  (g) => g.letters(20_000),
  (g) => g.nested(g.one([3, 50, 2_000])),
  (g) => Buffer.from(g.text()),
  (g) => ({ file: Buffer.from(g.text()) }),
  (g) =>
    Object.fromEntries([
      ['then', g.text()],
      ['toJSON', g.number()],
    ]),
  () => '{"$ne":null}',
  () => "'; DROP TABLE entries; --",
]
