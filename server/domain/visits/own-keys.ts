import type { SignedInAgent } from '../../../shared/agent.ts'
import type { SiteId } from '../../../shared/ids.ts'
import { day } from '../../../shared/limits.ts'
import { failure, type Result, success } from '../../../shared/result.ts'
import type { PageView } from '../../../shared/visitor.ts'
import { type Allowance, Buckets } from '../buckets.ts'
import type { Clock, Log, Random } from '../ports.ts'
import { createSeal } from '../seal.ts'

/** What a browser is from now on: the house's own, or a guest's like any other. */
export type Standing = 'own' | 'guest'

/** What is to stand in the address of a page, such as `utm_content=…`, opened by then (ms). */
interface OwnKey {
  parameter: string
  endsAt: number
}

/** Lets somebody who answers tell which browser is theirs, where their session does not come along. */
export interface OwnKeys {
  issue(siteId: SiteId, as: Standing): OwnKey
  /** The same for an agent who asks for it, some at a time; that they did is logged. */
  issueTo(agent: Pick<SignedInAgent, 'id'>, siteId: SiteId, as: Standing): Result<OwnKey>
  /** What the address of this view, or of the page it comes from, says; `who`: the likeness of its browser. */
  read(view: PageView, siteId: SiteId, who: string): Standing | null
}

/** In which it is to be opened; whoever did may open it again for a day. */
const lasts = 30 * 60_000
const mostOpened = 10_000
/** Of one agent, who has a few browsers. */
const allowance: Allowance = { burst: 20, refillMs: 60_000 }

/** The name of a campaign is what every site lets pass, and what is left of an address before it is sent. */
const carrier = 'utm_content=ahlan-'
const carried = /[?&]utm_content=ahlan-(own|guest)\.([\w-]{8})\.([\w.-]{1,60})/

export function createOwnKeys({ clock, random, log }: { clock: Clock; random: Random; log: Log }): OwnKeys {
  const seal = createSeal(random)
  const asked = new Buckets(clock, allowance)
  const opened = new Map<string, { who: string; until: number }>()

  /** An address is soon passed on to others: only the first browser is meant. */
  const opens = (key: string, until: number, who: string): boolean => {
    const now = clock.now()
    const first = opened.get(key)
    if (first && first.until > now) return first.who === who
    if (until <= now) return false
    const [oldest] = opened.keys()
    if (opened.size >= mostOpened && oldest) opened.delete(oldest)
    opened.set(key, { who, until: now + day })
    return true
  }

  const issue = (siteId: SiteId, as: Standing): OwnKey => {
    const endsAt = clock.now() + lasts
    // Two made in the same moment are of two browsers.
    const name = Buffer.from(random.bytes(6)).toString('base64url')
    const key = seal.issue(`${as} ${name} ${siteId}`, endsAt)
    return { parameter: `${carrier}${as}.${name}.${key}`, endsAt }
  }

  return {
    issue,
    issueTo({ id }, siteId, as) {
      const retryAfterMs = asked.take(id)
      if (retryAfterMs)
        return failure('rate_limited', 'Too many addresses. Open those that were made, or wait a moment.', {
          retryAfterMs,
        })
      log.info('ownBrowser:addressMade', { agent: id, site: siteId, as })
      return success(issue(siteId, as))
    },
    read({ url, referrer }, siteId, who) {
      const [, said, name, key] = carriedBy(url) ?? carriedBy(referrer) ?? []
      if ((said !== 'own' && said !== 'guest') || !key) return null
      const until = seal.read(key, `${said} ${name} ${siteId}`)
      return until !== null && opens(key, until, who) ? said : null
    },
  }
}

const carriedBy = (address: string): RegExpExecArray | null =>
  address.includes(carrier) ? carried.exec(address) : null
