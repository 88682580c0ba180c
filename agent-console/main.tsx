import { render } from 'preact'
import * as v from 'valibot'
import type { SignedInAgent } from '../shared/agent.ts'
import { ClientId } from '../shared/ids.ts'
import { Locale, nearestLocale } from '../shared/locale.ts'
import { sessionHint } from '../shared/wire.ts'
import { pageAlarm } from './alerts/page-alarm.ts'
import { App } from './app.tsx'
import { createApi } from './connection/api.ts'
import { createLink } from './connection/link.ts'
import { DeskControl } from './state/desk.ts'
import { Doorkeeper } from './state/doorkeeper.ts'
import { createKeep } from './state/keep.ts'
import type { Chance, Clock } from './state/ports.ts'
import { watchSleep } from './state/sleep.ts'
import { createStore } from './state/store.ts'
import { createVault } from './state/vault.ts'
import type { Preferences } from './ui/context.tsx'

const clock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

const chance: Chance = { clientId: () => v.parse(ClientId, uuid()), share: () => Math.random() }

/** `crypto.randomUUID` is missing where the page came over plain http from another machine. */
function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const keep = createKeep(() => localStorage)
const vault = createVault(() => indexedDB, clock)
const alarm = pageAlarm()
const api = createApi('/api/v1', fetch.bind(globalThis))
const place = createStore(location.hash)
const preferences = createStore(readPreferences())

function readPreferences(): Preferences {
  const locale = v.safeParse(Locale, keep.read('ahlan.locale'))
  const theme = v.safeParse(v.picklist(['auto', 'light', 'dark']), keep.read('ahlan.theme'))
  return {
    locale: locale.success ? locale.output : nearestLocale(navigator.language),
    theme: theme.success ? theme.output : 'auto',
  }
}

const doorkeeper = new Doorkeeper({
  api,
  clock,
  chance,
  openDesk: (me) => new DeskControl({ me, link: createLink(), api, clock, keep, vault, chance }),
  maybeSignedIn: () => document.cookie.split('; ').some((cookie) => cookie.startsWith(`${sessionHint}=`)),
})

function signedIn(me: SignedInAgent): void {
  doorkeeper.signedIn(me)
  if (location.hash.startsWith('#/setup')) location.hash = '#/inbox'
}

const wake = (): void => {
  if (document.visibilityState === 'visible') doorkeeper.wake()
}

const heedOtherTabs = (): void => {
  const held = doorkeeper.session.get()
  if (held.name === 'in') held.desk.heedOtherTabs()
}

async function start(): Promise<void> {
  preferences.subscribe(() => {
    keep.write('ahlan.locale', preferences.get().locale)
    keep.write('ahlan.theme', preferences.get().theme)
  })
  addEventListener('hashchange', () => place.set(location.hash))
  for (const name of ['online', 'pageshow']) addEventListener(name, wake)
  for (const name of ['visibilitychange', 'resume']) document.addEventListener(name, wake)
  watchSleep(clock, wake)
  addEventListener('storage', heedOtherTabs)
  render(
    <App
      surroundings={{ api, keep, alarm, preferences }}
      session={doorkeeper.session}
      place={place}
      onSignedIn={signedIn}
      onSignOut={() => void doorkeeper.signOut()}
    />,
    document.body,
  )
  await doorkeeper.recognise()
}

void start()
