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

const decided = ['granted', 'denied'] as const

/** The chat in one page: what it knows, its launcher, and the way to the chunks. */
export function createHost(base: string, given: Record<string, string | undefined>, run: Host['run']): Host {
  const settings = readSettings(given)
  const end = new AbortController()
  let root: ShadowRoot | undefined
  let again: (() => void) | undefined
  const host: Host = {
    base,
    settings,
    run,
    gone: end.signal,
    memory: openMemory(`ahlan:${settings.site}`),
    page: mint(randomName()),
    state: 'closed',
    unread: 0,
    online: false,
    visitorId: null,
    ...watchPageViews(end.signal, () => {
      // Where no view may be told, asking for the settings again would tell of it.
      if (host.started && host.consent() !== 'denied' && !host.live?.takeView()) host.report()
    }),
    report: () =>
      report(host)
        .then((answer) => {
          host.online = answer.site.online
          host.answer = answer
          host.draw()
        })
        .catch((error) => host.emit('error', error)),
    load: (get) =>
      get().catch(() =>
        new Promise<void>((over) => {
          again = over
          setTimeout(() => end.signal.aborted || over(), times.retryMost * Math.random())
        }).then(() => host.load(get)),
      ),
    emit: (event, detail) => document.dispatchEvent(new CustomEvent(`ahlan:${event}`, { detail })),
    draw: () => paintLauncher(host),
    destroy: () => end.abort(),
    root: () => (root ??= mount(host)),
    consent: () =>
      // What the browser itself was told to refuse is refused, whatever the page says.
      navigator.doNotTrack === '1' || navigator.globalPrivacyControl
        ? 'denied'
        : (decided.find((one) => one === settings.consent) ?? host.memory.held?.consent ?? 'essential'),
  }
  addEventListener('online', () => again?.(), end)
  addEventListener('pagehide', () => host.started && reportLeaving(host), end)
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
