import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Audience } from '../../server/domain/audience.ts'
import { createDomain, type WholeDomain } from '../../server/domain/create-domain.ts'
import { hashToken } from '../../server/domain/visits/stitching.ts'
import type { Visit } from '../../server/domain/visits/visit.ts'
import type { Arrival } from '../../server/domain/visits/visit-finder.ts'
import { diskFiles } from '../../server/files/disk-files.ts'
import type { History } from '../../server/history/history.ts'
import { openHistory } from '../../server/history/open.ts'
import { createLog } from '../../server/log.ts'
import { systemRandom } from '../../server/system.ts'
import { openWorkspace } from '../../server/workspace/open.ts'
import type { Workspace } from '../../server/workspace/workspace.ts'
import type { Agent } from '../../shared/agent.ts'
import type { VisitorToken } from '../../shared/ids.ts'
import type { RuleDraft } from '../../shared/triggers/rule.ts'
import type { Site } from '../../shared/workspace.ts'
import { type HandClock, handClock } from './clock.ts'
import { aPage, aToken } from './random.ts'

export const shop = 'https://shop.example'

/** The domain over a real store, with time in the test's hands and nobody connected. */
export interface DomainWorld extends WholeDomain {
  history: History
  workspace: Workspace
  dataDir: string
  clock: HandClock
  site: Site
  sara: Agent
  /** What was announced, by name, oldest first. */
  told: { what: keyof Audience; about: unknown }[]
  /** A page of the shop is opened; by the same person when the same `from` network and browser. */
  opens(path: string, more?: More & { referrer?: string }): Promise<Visit>
  addRule(rule?: Partial<RuleDraft>): ReturnType<WholeDomain['rules']['create']>
  /** The domain as another process would have it on the same stores. */
  anew(): WholeDomain
  end(): Promise<void>
}

export async function openDomain(): Promise<DomainWorld> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ahlan-domain-'))
  const clock = handClock()
  const workspace = await openWorkspace({ dataDir })
  const history = await openHistory({ dataDir, clock })
  const log = createLog({ level: 'error', clock, write: () => undefined })
  const passwordCost = { N: 2 ** 10, r: 8, p: 1 }
  const parts = {
    history,
    workspace,
    files: diskFiles(join(dataDir, 'files')),
    clock,
    log,
    random: systemRandom,
    ownOrigins: () => [shop],
    passwordCost,
  }
  const domain = createDomain(parts)
  const site = must(await domain.sites.create(shopDraft))
  const sara = must(await domain.agents.create(saraDraft))
  const told: DomainWorld['told'] = []
  domain.announcer.attach(listener(told))
  return {
    ...domain,
    ...{ history, workspace, dataDir, clock, site, sara, told },
    opens: (path, { referrer = '', ...more } = {}) =>
      domain.visits.arrive(anArrival({ ...aFirstPage(site), view: viewOf(path, referrer) }, more)),
    anew: () => createDomain(parts),
    addRule: (rule = {}) => domain.rules.create({ ...ruleDraft(site), ...rule }),
    async end() {
      await domain.jobs.stop()
      await domain.visits.close()
      await history.close()
      await workspace.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export function must<T>(result: { ok: true; value: T } | { ok: false; error: { message: string } }): T {
  if (!result.ok) throw new Error(result.error.message)
  return result.value
}

export const aFirstPage = (site: Site): Arrival => ({
  ...{ site, page: aPage(), tokenHash: null, consent: 'essential', locale: 'en', device: 'desktop' },
  caller: { address: '192.0.2.7', userAgent: 'Mozilla/5.0 (X11) Chrome/156.0.1.2 Safari/537.36' },
})

type More = Partial<Omit<Arrival, 'tokenHash'>> & { token?: VisitorToken }

/** As a page says it, with the token itself. */
export const anArrival = (first: Arrival, { token, ...more }: More): Arrival => ({
  ...{ ...first, ...more },
  ...(token ? { tokenHash: hashToken(token) } : {}),
})

/** With this somebody's history is kept. */
export const granted = () => ({ token: aToken(), consent: 'granted' as const })

const viewOf = (path: string, referrer: string) => ({
  url: shop + path,
  title: path,
  referrer: referrer.startsWith('/') ? shop + referrer : referrer,
})

const ruleDraft = (site: Site): RuleDraft => ({
  siteId: site.id,
  name: 'Greet',
  enabled: true,
  priority: 10,
  when: [],
  say: { en: 'Can I help?', fa: 'کمکی از من برمی‌آید؟' },
})

const shopDraft = {
  name: 'Shop',
  origins: [shop],
  locale: 'en' as const,
  accent: '#0f766e',
  side: 'end' as const,
  greeting: { en: 'Welcome' },
  replyTime: { en: 'Soon' },
}
const saraDraft = {
  ...{ email: 'sara@example.com', name: 'Sara', role: 'agent' as const },
  password: 'correct horse battery',
}

const listener = (told: DomainWorld['told']): Audience => ({
  entriesAdded: (about) => void told.push({ what: 'entriesAdded', about }),
  receiptsMoved: (about) => void told.push({ what: 'receiptsMoved', about }),
  visitChanged: (about) => void told.push({ what: 'visitChanged', about }),
  visitGone: (about) => void told.push({ what: 'visitGone', about }),
  inviteOffered: (_, about) => void told.push({ what: 'inviteOffered', about }),
  inviteWithdrawn: (_, about) => void told.push({ what: 'inviteWithdrawn', about }),
  visitorRefused: (_, about) => void told.push({ what: 'visitorRefused', about }),
  conversationsErased: (about) => void told.push({ what: 'conversationsErased', about }),
  followUpChanged: (about) => void told.push({ what: 'followUpChanged', about }),
})
