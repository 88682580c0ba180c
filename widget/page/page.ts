import type { Consent } from '../../shared/visitor.ts'
import { watchPageViews } from '../tracker/page-views.ts'
import { report, reportLeaving } from '../tracker/tracking.ts'
import type { Host, LoadChunk } from './host.ts'
import { mountRoot, paintLauncher } from './launcher.ts'
import { openMemory } from './memory.ts'
import { randomName } from './random.ts'
import { mint, readSettings } from './settings.ts'

/** How long the launcher waits for the site's colour before it is drawn without. */
const colourWait = 2_000

/** The chat in one page: what it knows, its launcher, and the way to the chunks. */
export function createHost(base: string, given: Record<string, string | undefined>, load: LoadChunk): Host {
  const settings = readSettings(given)
  const end = new AbortController()
  const { signal } = end
  let root: ShadowRoot | undefined
  const host: Host = {
    base,
    settings,
    load,
    gone: signal,
    memory: openMemory(`ahlan:${settings.site}`),
    page: mint(randomName(22)),
    device: /Mobi/.test(navigator.userAgent) ? 'phone' : 'desktop',
    state: 'closed',
    unread: 0,
    online: false,
    visitorId: null,
    ...watchPageViews(signal, () => {
      host.viewedAt = performance.now()
      if (host.started && !host.live?.takeView()) host.report()
    }),
    consent: () => consentOf(host),
    emit: (event, detail) => document.dispatchEvent(new CustomEvent(`ahlan:${event}`, { detail })),
    root: () => (root ??= mountRoot(signal)),
    draw() {
      if (!signal.aborted) paintLauncher(host)
    },
    report: () =>
      report(host)
        .then((answer) => {
          host.answer = answer
          host.online = answer.site.online
        })
        .catch((error) => host.emit('error', error)),
    open: (view) => load('live').then((chunk) => chunk.open(host, view)),
    destroy: () => end.abort(),
  }
  addEventListener('pagehide', () => host.started && reportLeaving(host), { signal })
  return host
}

/** Reports the page and draws the launcher; the rest is loaded where it is of use before a click. */
export async function begin(host: Host): Promise<void> {
  setTimeout(host.draw, colourWait)
  await host.report()
  if (host.gone.aborted) return
  host.started = true
  host.draw()
  host.emit('ready')
  const { held } = host.memory
  if (host.answer?.live || held?.talking || held?.open) host.load('live').then((chunk) => chunk.start(host))
}

function consentOf({ settings, memory }: Host): Consent {
  // What the browser itself was told to refuse is refused, whatever the page says.
  if (navigator.doNotTrack === '1' || Reflect.get(navigator, 'globalPrivacyControl')) return 'denied'
  const { consent } = settings
  return consent === 'granted' || consent === 'denied' ? consent : (memory.held?.consent ?? 'essential')
}
