import { render } from 'preact'
import * as v from 'valibot'
import type { SignedInAgent } from '../shared/agent.ts'
import { ClientId } from '../shared/ids.ts'
import { times } from '../shared/limits.ts'
import { Locale, nearestLocale } from '../shared/locale.ts'
import { sessionHint } from '../shared/wire.ts'
import { App, type Session } from './app.tsx'
import { createApi } from './connection/api.ts'
import { createLink } from './connection/link.ts'
import { DeskControl } from './state/desk.ts'
import type { Chance, Clock, Keep } from './state/ports.ts'
import { createStore } from './state/store.ts'
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

/** Storage may be forbidden or full; the console then remembers as long as it is open. */
function createKeep(): Keep {
  const memory = new Map<string, string>()
  return {
    read: (key) => {
      try {
        return localStorage.getItem(key) ?? memory.get(key) ?? null
      } catch {
        return memory.get(key) ?? null
      }
    },
    write: (key, value) => {
      if (value === null) memory.delete(key)
      else memory.set(key, value)
      try {
        if (value === null) localStorage.removeItem(key)
        else localStorage.setItem(key, value)
      } catch {
        memory.set('ahlan.storage', 'unavailable')
      }
    },
  }
}

const keep = createKeep()
const api = createApi('/api/v1', fetch.bind(globalThis))
const session = createStore<Session>({ name: 'asking' })
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

function signedIn(me: SignedInAgent): void {
  const desk = new DeskControl({ me, link: createLink(), api, clock, keep, chance })
  desk.state.subscribe(() => {
    const { connection } = desk.state.get()
    if (connection.name === 'refused' && connection.reason === 'session') leave(true)
  })
  session.set({ name: 'in', me, desk })
  if (location.hash.startsWith('#/setup')) location.hash = '#/inbox'
}

function leave(ended: boolean): void {
  const held = session.get()
  if (held.name === 'in') held.desk.leave()
  session.set({ name: 'out', ended })
}

const signOut = async (): Promise<void> => {
  await api.send('DELETE', '/session')
  leave(false)
}

const wake = (): void => {
  const held = session.get()
  if (held.name === 'in' && document.visibilityState === 'visible') held.desk.resync()
}

async function start(): Promise<void> {
  preferences.subscribe(() => {
    keep.write('ahlan.locale', preferences.get().locale)
    keep.write('ahlan.theme', preferences.get().theme)
  })
  addEventListener('hashchange', () => place.set(location.hash))
  for (const name of ['online', 'pageshow']) addEventListener(name, wake)
  document.addEventListener('visibilitychange', wake)
  render(
    <App
      surroundings={{ api, keep, preferences }}
      session={session}
      place={place}
      onSignedIn={signedIn}
      onSignOut={() => void signOut()}
    />,
    document.body,
  )
  await recognise()
}

/** Asking without a session would leave a failed request in the browser's log. */
const maybeSignedIn = (): boolean =>
  document.cookie.split('; ').some((cookie) => cookie.startsWith(`${sessionHint}=`))

/** Only a clear "no" leads to the sign-in page; a server that cannot be reached is asked again. */
async function recognise(): Promise<void> {
  if (!maybeSignedIn()) return session.set({ name: 'out', ended: false })
  const held = await api.get<{ agent: SignedInAgent }>('/session')
  if (held.ok) signedIn(held.value.agent)
  else if (held.error.code === 'unauthenticated') session.set({ name: 'out', ended: false })
  else clock.after(times.retryFirst, () => void recognise())
}

void start()
