import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { defaultRateLimits, type RateLimits } from '../../server/live/rate-limit.ts'
import type { Locale } from '../../shared/locale.ts'
import { texts as ar } from '../../widget/ui/texts/ar.ts'
import { texts as en } from '../../widget/ui/texts/en.ts'
import { texts as fa } from '../../widget/ui/texts/fa.ts'
import { attend, type SocketAgent } from './agent.ts'
import { type BrowserOptions, openBrowser } from './browser.ts'
import { type Client, textAt } from './client.ts'
import { type ConsoleGuard, useConsoleGuard } from './console-guard.ts'
import { asked, Guest, watchShift } from './guest.ts'
import { type HostPage, type HostSite, openHostSite } from './host-site.ts'
import { aClientId } from './random.ts'
import { siteOf } from './visitor.ts'
import { openWorld, type World } from './world.ts'

const words = { en: { ...en, ...asked('en') }, ar: { ...ar, ...asked('ar') }, fa: { ...fa, ...asked('fa') } }

export interface GuestOptions extends BrowserContextOptions {
  words?: Locale
  /** Runs in each page before its own scripts. */
  prepare?: string
}

/** The server, a browser and a shop of somebody else's that has the chat on its pages. */
export interface Town {
  world: World
  browser: Browser
  shop: HostSite
  /** The owner, over HTTP. */
  owner: Client
  guard: ConsoleGuard
  /** Runs when the test ends. */
  later(end: () => Promise<unknown>): void
  tag(attributes?: string): string
  /** Puts a page with the chat into the shop; answers its address. */
  page(path: string, page?: HostPage & { attributes?: string }): string
  /** A browser of its own; when the test ends, nothing in its pages may have moved or failed. */
  guest(options?: GuestOptions): Promise<Guest>
  /** Somebody who can answer, until the test ends. */
  agent(signedIn?: Client): Promise<SocketAgent>
  /** Id of the conversation that has changed last. */
  conversation(): Promise<string>
  answers(conversationId: string, text: string): Promise<void>
  /** A proactive message on the pages whose address fits. */
  rule(glob: string, text: string, more?: readonly object[]): Promise<string>
}

export interface TownOptions extends BrowserOptions {
  rateLimits?: RateLimits
}

/** Call once in a file. */
export function useTown(options: TownOptions = {}): Town {
  const guard = useConsoleGuard()
  const ends: (() => Promise<unknown>)[] = []
  const later: Town['later'] = (end) => void ends.push(end)
  let built: Parts | undefined
  const parts = (): Parts => {
    if (!built) throw new Error('The town is built before the first test.')
    return built
  }
  beforeAll(async () => {
    built = await build(options)
  })
  afterAll(async () => {
    await built?.browser.close()
    await built?.shop.close()
    await built?.world.close()
  })
  afterEach(async () => {
    await Promise.all(ends.splice(0).map((end) => end()))
  })
  return {
    get world() {
      return parts().world
    },
    get browser() {
      return parts().browser
    },
    get shop() {
      return parts().shop
    },
    get owner() {
      return parts().owner
    },
    ...{ guard, later },
    ...people(parts, guard, later),
    ...acts(parts),
  }
}

/** Who comes to the town, and leaves it when the test ends. */
function people(
  parts: () => Parts,
  guard: ConsoleGuard,
  later: Town['later'],
): Pick<Town, 'guest' | 'agent'> {
  return {
    async guest({ words: locale = 'en', prepare, ...options } = {}) {
      const context = await parts().browser.newContext({ locale, ...options })
      context.setDefaultTimeout(10_000)
      await context.addInitScript(watchShift)
      if (prepare) await context.addInitScript(prepare)
      guard.watch(context)
      const guest = new Guest(await context.newPage(), words[locale])
      later(async () => {
        const shifts = guest.page.isClosed() ? [] : await guest.shifts()
        await context.close()
        expect(shifts).toEqual([])
      })
      return guest
    },
    async agent(signedIn) {
      const agent = await attend(parts().world, signedIn)
      later(async () => agent.wire.close())
      return agent
    },
  }
}

interface Parts {
  world: World
  browser: Browser
  shop: HostSite
  owner: Client
}

async function build({ rateLimits = defaultRateLimits, ...options }: TownOptions): Promise<Parts> {
  const house = { trustProxyHops: 1, countryHeader: 'X-Country-Code', live: { rateLimits } }
  const [world, browser, shop] = await Promise.all([openWorld(house), openBrowser(options), openHostSite()])
  const owner = await world.signIn()
  const { id, key: _key, createdAt: _createdAt, ...draft } = siteOf(world)
  const changed = await owner.send('PUT', `/api/v1/sites/${id}`, {
    ...draft,
    origins: [...draft.origins, shop.origin],
  })
  expect(changed.status).toBe(200)
  return { world, browser, shop, owner }
}

const tagOf = (world: World, attributes = ''): string =>
  `<script async src="${world.url}/widget.js" data-site="${siteOf(world).key}" ${attributes}></script>`

function acts(parts: () => Parts): Pick<Town, 'tag' | 'page' | 'conversation' | 'answers' | 'rule'> {
  return {
    tag: (attributes) => tagOf(parts().world, attributes),
    page: (path, { attributes, ...page } = {}) =>
      parts().shop.put(path, tagOf(parts().world, attributes), page),
    async conversation() {
      const list = await parts().owner.get('/api/v1/conversations?order=recent&limit=1')
      return textAt(list, 'items', 0, 'id')
    },
    async answers(conversationId, text) {
      const said = { clientId: aClientId(), text }
      const answer = await parts().owner.send(
        'POST',
        `/api/v1/conversations/${conversationId}/messages`,
        said,
      )
      expect(answer.status).toBe(201)
    },
    async rule(glob, text, more = []) {
      const { world, owner } = parts()
      const rule = { siteId: siteOf(world).id, name: text, enabled: true, priority: 10, say: { en: text } }
      const made = await owner.send('POST', '/api/v1/rules', {
        ...rule,
        when: [{ kind: 'url', glob }, ...more],
      })
      expect(made.status).toBe(201)
      return textAt(made, 'id')
    },
  }
}
