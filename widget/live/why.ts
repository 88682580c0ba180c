import type { PageFacts } from '../../shared/triggers/page.ts'
import type { RuleWhy } from '../../shared/triggers/why.ts'
import type { Ask } from '../connection/link.ts'
import type { Store } from '../state/store.ts'
import { warned } from './given.ts'
import { online } from './online.ts'

interface Asker {
  store: Store
  ask: Ask
  proactive(): Promise<{ seen(): PageFacts }>
}

/** Somebody sits before it and waits. */
const waitsAtMost = 10_000

/** Each rule of the site with why it speaks or does not, on this page, now; none for who may not ask. */
export async function askWhy({ store, ask, proactive }: Asker, key: unknown): Promise<RuleWhy[]> {
  await Promise.race([online(store), new Promise((over) => setTimeout(over, waitsAtMost))])
  const { somebodyCanAnswer: _known, click, elementSeen, ...facts } = (await proactive()).seen()
  const said = await ask('rules:why', {
    ...(typeof key === 'string' ? { key } : {}),
    seen: { ...facts, click: [...(click ?? [])], elementSeen: [...(elementSeen ?? [])] },
  })
  warned('get why', said)
  return said.ok ? said.value.items : []
}
