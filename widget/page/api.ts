import { openChatLabels } from '../../shared/launcher.ts'
import { limits } from '../../shared/limits.ts'
import type { Host, Live } from './host.ts'
import { keep } from './keep.ts'
import { readSettings } from './settings.ts'

type Command = (host: Host, first: unknown, second: unknown) => unknown

const sentOn = [
  'identify',
  'set',
  'track',
  'tag',
  'newMessage',
  'send',
  'showConversation',
  'dismiss',
  'trigger',
]
const warned = new Set<string>()
const listeners = new Map<unknown, Map<unknown, (event: Event) => void>>()

/** Without `shared/locale.ts`, which would be a chunk of its own if this one shared it with the socket's. */
const labelFor = (tag: string): string =>
  new Map(Object.entries(openChatLabels)).get(new Intl.Locale(tag).language) ?? openChatLabels.en

/** What the commands are lent. */
export interface Commanded {
  host: Host
  /** The socket and what lives beside it, begun when first asked for. */
  live(host: Host): Promise<Live>
}

/** Does one command that the page gave. Never rejects. */
export async function runCommand(
  { host, live }: Commanded,
  command: string,
  values: unknown[],
): Promise<unknown> {
  try {
    if (command === 'get' && values[0] === 'why') return await (await live(host)).run('why', values)
    if (Object.hasOwn(commands, command)) await commands[command]?.(host, values[0], values[1])
    else if (sentOn.includes(command)) sendOn(await live(host), command, values)
    else warn(`${command} is no command`)
  } catch (error) {
    warn(`${command}: ${error}`)
  }
}

/** Not waited for: what is sent may wait for a connection, and the next command must not. */
function sendOn(live: Live, command: string, values: unknown[]): void {
  live.run(command, values).catch((error) => warn(`${command}: ${error}`))
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
    const decided = oneOf(consents, consent)
    host.settings.consent = decided
    if (decided === 'granted' || host.memory.held) keep(host, { consent: decided })
    if (host.started && before === 'denied' && host.consent() !== 'denied') host.report()
    host.live?.refresh()
  },
  locale(host, code) {
    const { settings, answer } = host
    settings.locale = Intl.getCanonicalLocales(word(code))[0] ?? ''
    if (answer) answer.openChat = labelFor(settings.locale)
    refresh(host)
  },
  theme(host, theme) {
    host.settings.theme = oneOf(themes, theme)
    refresh(host)
  },
  /** What may be asked for is answered by the loader. */
  get() {
    throw new TypeError('must be state, unread, online, visitorId or why')
  },
  on: (host, event, listener) => listen(host, word(event), listener, {}),
  once: (host, event, listener) => listen(host, word(event), listener, { once: true }),
  off(_, event, listener) {
    const heard = listeners.get(event)?.get(listener)
    if (heard) document.removeEventListener(`ahlan:${word(event)}`, heard)
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

function listen(host: Host, event: string, listener: unknown, options: AddEventListenerOptions): void {
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

const consents = ['essential', 'granted', 'denied'] as const
const themes = ['light', 'dark', 'auto'] as const

function oneOf<Word extends string>(words: readonly Word[], given: unknown): Word {
  const found = words.find((one) => one === given)
  if (!found) throw new TypeError(`must be ${words.join(', ')}`)
  return found
}

function word(given: unknown): string {
  if (typeof given === 'string' && given) return given
  throw new TypeError('needs a text')
}

const record = (given: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name, String(value)]))

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
