import type { Host, Page } from './host.ts'
import { mountRoot, paintLauncher } from './launcher.ts'
import { followOtherTabs } from './other-tabs.ts'

/** Gives the page what stands in it; the same each time. */
export function furnish(page: Page, run: Host['run']): Host {
  if (page.host) return page.host
  let root: ShadowRoot | undefined
  const host: Host = Object.assign(page, {
    started: false,
    run,
    emit(event: string, detail?: unknown) {
      document.dispatchEvent(new CustomEvent(`ahlan:${event}`, { detail }))
    },
    root: () => (root ??= mountRoot(page.gone)),
    draw() {
      if (host.started) paintLauncher(host)
    },
  })
  page.host = host
  followOtherTabs(host)
  return host
}
