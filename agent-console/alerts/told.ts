import type { AgentId } from '../../shared/ids.ts'
import type { Keep } from '../state/ports.ts'

/** As many as can become late in one moment, and some more. */
const remembered = 3_000

/** What this agent was alerted of in this browser: of one thing only once, in whichever tab and after every reload. */
export class Told {
  readonly #keep: Keep
  readonly #name: string

  constructor(keep: Keep, agentId: AgentId) {
    this.#keep = keep
    this.#name = `ahlan.alerted.${agentId}`
  }

  /** Those that were not told yet; they are from now on. No other tab may do so meanwhile. */
  take(keys: readonly string[]): Set<string> {
    const held = (this.#keep.read(this.#name) ?? '').split('\n').filter(Boolean)
    const known = new Set(held)
    const fresh = new Set(keys.filter((key) => !known.has(key)))
    if (fresh.size > 0) this.#keep.write(this.#name, [...held, ...fresh].slice(-remembered).join('\n'))
    return fresh
  }
}
