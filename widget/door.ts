import { nearestLocale } from '../../shared/locale.ts'
import type { Host } from './host.ts'
import { keep } from './keep.ts'
import { readSettings } from './settings.ts'
import { signOut } from './sign-out.ts'

/** The commands that need no socket. Loaded when a page gives its first one. */
type Command = (host: Host, first: unknown, second: unknown) => unknown

const sentOn = ['identify', 'set', 'track', 'newMessage', 'send']
const notYet = ['showConversation', 'tag', 'trigger', 'dismiss']
const warned = new Set<string>()
const listeners = new Map<unknown, Map<unknown, (event: Event) => void>>()

/** Does one command of the page. Nothing here throws; what cannot be done is said once in the console. */
export async function run(host: Host, command: string, values: unknown[]): Promise<void> {
  try {
    if (Object.hasOwn(commands, command)) await commands[command]?.(host, values[0], values[1])
    else if (sentOn.includes(command)) (await host.load('live')).start(host).run(command, values)
    else warn(`${command} is ${notYet.includes(command) ? 'not available yet' : 'no command'}`)
  } catch (error) {
    warn(`${command}: ${error}`)
  }
}

const commands: Record<string, Command> = {
  boot(host, given) {
    Object.assign(host.settings, readSettings({ ...host.settings, ...record(given) }))
    refresh(host)
  },
  ready(host, listener) {
    if (host.started) callable(listener)()
    else listen(host, 'ready', listener, { once: true })
  },
  open: (host, view) => host.open(view),
  close: (host) => host.chat?.close(),
  toggle: (host) => (host.state === 'open' ? host.chat?.close() : host.open()),
  show(host) {
    host.settings.launcher = 'shown'
    host.draw()
  },
  hide(host) {
    host.chat?.close()
    host.settings.launcher = 'hidden'
    host.draw()
  },
  page(host, page) {
    const { url, title } = record(page)
    host.visit(new URL(url ?? '', location.href).href, title ?? document.title)
  },
  consent(host, consent) {
    const before = host.consent()
    const decided = consent === 'granted' || consent === 'denied' ? consent : 'essential'
    host.settings.consent = decided
    if (decided === 'granted' || host.memory.held) keep(host, { consent: decided })
    if (host.started && before === 'denied' && host.consent() !== 'denied') host.report()
    host.live?.refresh()
  },
  locale(host, code) {
    host.settings.locale = nearestLocale(`${code}`)
    refresh(host)
  },
  theme(host, theme) {
    host.settings.theme = `${theme}`
    refresh(host)
  },
  /** Signs the visitor out of this browser; whoever comes next is a stranger. */
  shutdown(host) {
    host.live?.forget()
    signOut(host)
  },
  on: (host, event, listener) => listen(host, event, listener, {}),
  once: (host, event, listener) => listen(host, event, listener, { once: true }),
  off(_, event, listener) {
    const heard = listeners.get(event)?.get(listener)
    if (heard) document.removeEventListener(`ahlan:${event}`, heard)
    listeners.get(event)?.delete(listener)
  },
}

function listen(host: Host, event: unknown, listener: unknown, options: AddEventListenerOptions): void {
  const call = callable(listener)
  const heard = (announced: Event) => {
    if (announced instanceof CustomEvent) attempt(() => call(announced.detail))
  }
  const known = listeners.get(event) ?? new Map()
  if (known.has(listener)) return
  listeners.set(event, known.set(listener, heard))
  document.addEventListener(`ahlan:${event}`, heard, { ...options, signal: host.gone })
}

function refresh(host: Host): void {
  host.label = undefined
  if (host.started) host.draw()
  host.live?.refresh()
  host.chat?.refresh()
}

function callable(value: unknown): (detail?: unknown) => void {
  if (typeof value === 'function') return (detail) => Reflect.apply(value, undefined, [detail])
  throw new TypeError('needs a function')
}

const record = (given: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name, `${value}`]))

function attempt(action: () => void): void {
  try {
    action()
  } catch (error) {
    console.error('Ahlan:', error)
  }
}

function warn(text: string): void {
  if (!warned.has(text)) console.warn(`Ahlan: ${text}`)
  warned.add(text)
}
