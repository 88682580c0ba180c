import { times } from '../../shared/limits.ts'
import { watchPageViews } from '../tracker/page-views.ts'
import { report, reportLeaving } from '../tracker/tracking.ts'
import type { Host } from './host.ts'
import { mount, paintLauncher } from './launcher.ts'
import { openMemory } from './memory.ts'
import { randomName } from './random.ts'
import { mint, readSettings } from './settings.ts'

declare global {
  interface Navigator {
    globalPrivacyControl?: boolean
  }
}

/** The chat in one page: what it knows, its launcher, and the way to the chunks. */
export function createHost(base: string, given: Record<string, string | undefined>, run: Host['run']): Host {
  const settings = readSettings(given)
  const end = new AbortController()
  const { signal } = end
  let root: ShadowRoot | undefined
  let again: (() => void) | undefined
  const host: Host = {
    base,
    settings,
    run,
    gone: signal,
    memory: openMemory(`ahlan:${settings.site}`),
    page: mint(randomName()),
    state: 'closed',
    unread: 0,
    online: false,
    visitorId: null,
    ...watchPageViews(signal, () => {
      // Where no view may be told, asking for the settings again would tell of it.
      if (host.started && host.consent() !== 'denied' && !host.live?.takeView()) host.report()
    }),
    consent: () =>
      // What the browser itself was told to refuse is refused, whatever the page says.
      navigator.doNotTrack === '1' || navigator.globalPrivacyControl
        ? 'denied'
        : ((['granted', 'denied'] as const).find((one) => one === settings.consent) ??
          host.memory.held?.consent ??
          'essential'),
    emit: (event, detail) => document.dispatchEvent(new CustomEvent(`ahlan:${event}`, { detail })),
    root: () => (root ??= mount(host)),
    draw: () => paintLauncher(host),
    report: () =>
      report(host)
        .then((answer) => {
          host.online = answer.site.online
          host.answer = answer
          host.draw()
        })
        .catch((error) => host.emit('error', error)),
    load: (get, most = times.retryFirst) =>
      get().catch(() =>
        new Promise<void>((over) => {
          again = over
          setTimeout(() => signal.aborted || over(), most * Math.random())
        }).then(() => host.load(get, Math.min(most * 2, times.retryMost))),
      ),
    destroy: () => end.abort(),
  }
  // Whoever waits longest of several is not woken early: one listener for all of the page's life.
  addEventListener('online', () => again?.(), { signal })
  addEventListener('pagehide', () => host.started && reportLeaving(host), { signal })
  return host
}

/** Reports the page and draws the launcher; the rest is loaded where it is of use before a click. */
export async function begin(host: Host): Promise<void> {
  // From the first view on it is to be known whose it is.
  if (!host.memory.held && host.consent() === 'granted') await host.run('consent', 'granted')
  if (!host.gone.aborted) await host.report()
  if (host.gone.aborted) return
  host.started = true
  host.emit('ready')
  if (host.answer?.live || host.memory.held?.talking || host.memory.held?.open) host.run('start')
}
