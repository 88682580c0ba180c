import * as v from 'valibot'
import { textOn } from '../../shared/colour.ts'
import { makeId, type SiteId, SiteKey } from '../../shared/ids.ts'
import { openChatLabels } from '../../shared/launcher.ts'
import { type Locale, localText } from '../../shared/locale.ts'
import type { Told } from '../../shared/promise/promise.ts'
import { sayNobody, sayUnmeasured, sayWithin } from '../../shared/promise/words.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { PublicSite, SiteAnswer } from '../../shared/visitor.ts'
import type { Workspace as Document, Site, SiteChange, SiteDraft } from '../../shared/workspace.ts'
import type { ConversationHistory } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { changedMeanwhile } from './changed-meanwhile.ts'
import type { Sites } from './domain.ts'
import type { Clock, Random } from './ports.ts'
import { dropVersions } from './proactive/rules-versions.ts'
import { firstSite, firstSiteKey } from './sites-first.ts'
import { refuseUnknownCalendar, refuseUnknownStages } from './uses.ts'

export interface SitesParts {
  workspace: Workspace
  clock: Clock
  random: Random
  /** Origins this server itself is reached at; the first is the one told to others. */
  ownOrigins(): readonly string[]
  somebodyCanAnswer(): boolean
  /** What a site's visitors are told of when they will be answered. */
  told(siteId: SiteId): Told
  conversations: Pick<ConversationHistory, 'list'>
}

export function createSites(parts: SitesParts): Sites {
  const { workspace } = parts
  const list = () => workspace.read().sites

  return {
    list,
    byId: (id) => list().find((site) => site.id === id) ?? null,
    byKey: (key) => list().find((site) => site.key === key) ?? null,
    create: (draft, key) => create(parts, draft, key),
    change: (id, draft, ifRevision) => change(parts, { id, draft, ifRevision }),
    remove: (id) => remove(parts, id),
    ensureFirst: () => ensureFirst(parts),
    allowsOrigin: (origin, site) =>
      parts.ownOrigins().includes(origin) ||
      (site ? [site] : list()).some((one) => one.origins.includes(origin)),
    publicSite: (site, locale) => publicSite(parts, site, locale),
    answer: (site, locale) => answer(parts, site, locale),
  }
}

async function create(parts: SitesParts, draft: SiteDraft, key?: SiteKey): Promise<Result<Site>> {
  const site: Site = {
    ...normalised(draft),
    id: makeId('s', parts.clock.now(), parts.random.bytes(10)),
    key: key ?? makeKey(parts.random),
    createdAt: parts.clock.now(),
  }
  return parts.workspace.change((document) => {
    if (document.sites.some((one) => one.key === site.key))
      return failure('conflict', 'There is a site with this key already.', { path: 'key' })
    const unknown = refuseUnknown(document, site.id, draft)
    if (unknown) return unknown
    document.sites.push(site)
    return success(site)
  })
}

interface Change {
  id: SiteId
  draft: SiteChange
  ifRevision: string | undefined
}

async function change(parts: SitesParts, { id, draft, ifRevision }: Change): Promise<Result<Site>> {
  return parts.workspace.change((document) => {
    const index = document.sites.findIndex((one) => one.id === id)
    const held = document.sites[index]
    if (!held) return failure('not_found', 'There is no such site.')
    const refused = changedMeanwhile(held, ifRevision) ?? refuseUnknown(document, id, draft)
    if (refused) return refused
    const { journey = held.journey, ...rest } = draft
    const { key, createdAt } = held
    const site = { ...normalised(rest), ...(journey ? { journey } : {}), id, key, createdAt }
    document.sites[index] = site
    return success(site)
  })
}

const refuseUnknown = (document: Readonly<Document>, id: SiteId, draft: SiteChange) =>
  refuseUnknownCalendar(document, draft) ?? refuseUnknownStages(document, id, draft.journey)

async function remove(parts: SitesParts, id: SiteId): Promise<Result<void>> {
  const held = await parts.conversations.list({ siteId: id, order: 'recent', limit: 1 })
  if (held.items.length > 0)
    return failure('conflict', 'This site has conversations. Take its origins away to silence it instead.')
  return parts.workspace.change((document) => {
    if (!document.sites.some((one) => one.id === id)) return failure('not_found', 'There is no such site.')
    if (document.sites.length === 1) return failure('conflict', 'The last site stays.')
    document.sites = document.sites.filter((one) => one.id !== id)
    document.rules = document.rules.filter((rule) => rule.siteId !== id)
    if (document.segments) document.segments = document.segments.filter((one) => one.siteId !== id)
    if (document.leadScores) document.leadScores = document.leadScores.filter((one) => one.siteId !== id)
    dropVersions(document, id)
    document.removedSites = [...(document.removedSites ?? []), id].slice(-removedSitesKept)
    return success(undefined)
  })
}

/** Of more than these the oldest were swept long ago. */
const removedSitesKept = 1_000

async function ensureFirst(parts: SitesParts): Promise<void> {
  if (parts.workspace.read().sites.length > 0) return countInShop(parts)
  const shop = firstSite(parts.ownOrigins()[0] ?? 'http://localhost')
  // Whoever tries it is signed in, and wants to see themselves come.
  const made = await create(parts, { ...shop, countAgents: true }, firstSiteKey)
  if (!made.ok) throw new Error(`The first site could not be made: ${made.error.message}`)
}

/** A demo shop from before there was the choice; one that has become somebody's own site is left out like any other. */
async function countInShop({ workspace, ownOrigins }: SitesParts): Promise<void> {
  const shopIn = ({ sites }: Readonly<Document>) =>
    sites.find(
      ({ key, origins, countAgents }) =>
        key === firstSiteKey &&
        countAgents === undefined &&
        origins.every((origin) => ownOrigins().includes(origin)),
    )
  if (!shopIn(workspace.read())) return
  await workspace.change((document) => {
    const shop = shopIn(document)
    if (shop) shop.countAgents = true
    return success(undefined)
  })
}

function publicSite(parts: SitesParts, site: Site, locale: Locale): PublicSite {
  const told = parts.told(site.id)
  return {
    key: site.key,
    name: site.name,
    accent: site.accent,
    onAccent: textOn(site.accent),
    side: site.side,
    greeting: localText(site.greeting, locale),
    replyTime: sayTold(told, site, locale),
    online: parts.somebodyCanAnswer(),
    ...(told.is === 'closed' ? { opens: told.opens } : {}),
  }
}

function sayTold(told: Told, site: Site, locale: Locale): string {
  switch (told.is) {
    case 'within':
      return sayWithin(told.ms, locale)
    case 'unmeasured':
      return localText(site.replyTime, locale) || sayUnmeasured(locale)
    case 'nobody':
      return sayNobody(locale)
    // Only its own page knows what time it is where the visitor is.
    case 'closed':
      return ''
  }
}

function answer(parts: SitesParts, site: Site, locale: Locale): SiteAnswer {
  const shown = publicSite(parts, site, locale)
  return {
    site: shown,
    live: shown.online || hasRules(parts.workspace.read(), site.id),
    openChat: openChatLabels[locale],
  }
}

const hasRules = (document: Readonly<Document>, id: SiteId): boolean =>
  document.rules.some((rule) => rule.siteId === id && rule.enabled)

/** Browsers send host names in lower case; people type them as they please. */
const normalised = (draft: SiteDraft): SiteDraft => ({
  ...draft,
  origins: [...new Set(draft.origins.map((origin) => origin.toLowerCase()))],
})

const letters = 'abcdefghjkmnpqrstvwxyz023456789'
const makeKey = (random: Random): SiteKey =>
  v.parse(SiteKey, [...random.bytes(12)].map((byte) => letters[byte % letters.length]).join(''))
