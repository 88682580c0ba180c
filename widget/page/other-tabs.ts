import type { Host } from './host.ts'
import { openMemory } from './memory.ts'

/** Who is remembered in one tab is known in all, and who signs out in one signs out in all. */
export function followOtherTabs(host: Host): void {
  const { memory, gone } = host
  const changed = async ({ key }: StorageEvent) => {
    if (key !== null && key !== memory.key) return
    const { held } = openMemory(memory.key)
    if (held?.token === memory.held?.token) return
    if (memory.held) await host.run('shutdown')
    if (!held) return
    Object.assign(memory, { held, stored: true })
    host.live?.refresh()
  }
  addEventListener('storage', changed, { signal: gone })
}
