import { openChatLabels } from '../shared/launcher.ts'
import { limits } from '../shared/limits.ts'
import { nearestLocale } from '../shared/locale.ts'
import type { Host, Live } from './page/host.ts'
import { keep } from './page/keep.ts'
import { readSettings } from './page/settings.ts'
import { signOut } from './page/sign-out.ts'

type Command = (host: Host, first: unknown, second: unknown) => unknown

const sentOn = ['identify', 'set', 'track', 'newMessage', 'send', 'showConversation', 'dismiss']
const notYet = ['tag', 'trigger']
const warned = new Set<string>()
const listeners = new Map<unknown, Map<unknown, (event: Event) => void>>()

/** Does one command of the page. Nothing here throws; what cannot be done is said once in the console. */
export async function run(host: Host, command: string, values: unknown[]): Promise<void> {
  try {
    if (host.gone.aborted) return
    if (Object.hasOwn(commands, command)) await commands[command]?.(host, values[0], values[1])
    else if (sentOn.includes(command)) await sendOn(host, command, values)
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
  /** Connects, where the socket is of use before anybody asks. */
  async start(host) {
    await live(host)
    // It stood open on the page before: there again, but without taking the focus.
    if (host.memory.held?.open && host.device === 'desktop') await host.run('open', 'restored')
  },
  /** Downloads all that a click will need. */
  async prepare(host) {
    const [{ loadLanguage }] = await Promise.all([import('./live.ts'), import('./chat.tsx')])
    await loadLanguage(host.settings.locale)
  },
  /** Shows the panel. Its visitor is remembered from now on. */
  async open(host, view) {
    keep(host)
    const [{ start }, { mount }] = await Promise.all([import('./live.ts'), import('./chat.tsx')])
    if (host.gone.aborted) return
    host.chat ??= mount(host, start(host))
    host.chat.open(view)
  },
  close: (host) => host.chat?.close(),
  toggle: (host) => (host.state === 'open' ? host.chat?.close() : host.run('open')),
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
    if (title) entitle(host, title)
    host.visit(new URL(url ?? '', location.href).href)
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
    const { settings, answer } = host
    settings.locale = `${code}`
    if (answer) answer.openChat = openChatLabels[nearestLocale(settings.locale)]
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

const titles = new WeakMap<Host, { title: string; url?: string }>()

/** The next view has this title instead of the document's. */
function entitle(host: Host, title: string): void {
  if (!titles.has(host)) {
    const { view } = host
    host.view = () => {
      const seen = view()
      const given = titles.get(host)
      if (!seen || !given) return seen
      given.url ??= seen.url
      return given.url === seen.url ? { ...seen, title: given.title } : seen
    }
  }
  titles.set(host, { title: title.slice(0, limits.titleCharacters) })
}

async function live(host: Host): Promise<Live> {
  const { start } = await import('./live.ts')
  return start(host)
}

/** Not waited for: what is sent may wait for a connection, and the next command must not. */
async function sendOn(host: Host, command: string, values: unknown[]): Promise<void> {
  const client = await live(host)
  client.run(command, values)
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
