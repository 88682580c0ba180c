import type { Host } from './host.ts'
import { memoryKey } from './keep.ts'
import { openMemory } from './memory.ts'

const following = new WeakSet<Host>()

/**
 * Who is remembered in one tab is known in all, and who signs out in one signs out in all:
 * what has happened until now, and what will.
 */
export async function followOtherTabs(host: Host): Promise<void> {
  if (following.has(host)) return
  following.add(host)
  const { memory, gone } = host
  const catchUp = async () => {
    const { held } = openMemory(memoryKey(host))
    if (memory.unstored || held?.token === memory.held?.token) return
    if (memory.held) await host.run('shutdown')
    if (!held) return
    memory.held = held
    host.live?.refresh()
  }
  const changed = ({ key }: StorageEvent) => (key === null || key === memoryKey(host)) && catchUp()
  addEventListener('storage', changed, { signal: gone })
  // A page that was frozen, or comes back from the cache, was not told.
  for (const sign of ['pageshow', 'resume']) addEventListener(sign, catchUp, { signal: gone, capture: true })
  await catchUp()
}
