import type { Host } from './page/host.ts'
import { whenIdle } from './page/idle.ts'
import { begin, createHost } from './page/page.ts'

/** Name of the built chunk, filled in by the build. */
declare const DOOR: string

type Command = [name: string, ...values: unknown[]]
interface Global {
  (...command: Command): unknown
  /** Commands given before the script was there. */
  q?: Iterable<Command>
  /** Set when it is the real one. */
  host?: Host
}
interface Door {
  run(host: Host, command: string, values: unknown[]): Promise<unknown>
}
declare global {
  interface Window {
    Ahlan?: Global
  }
}

const readable = ['state', 'unread', 'online', 'visitorId'] as const

// An element of the page that bears our name would be found there too.
const { host: other, q: waiting = [] }: Partial<Global> =
  typeof window.Ahlan === 'function' ? window.Ahlan : {}
const script = document.currentScript
if (!other && script && 'src' in script) start(script)

/** Takes the place of the queue that the page may have made, and does what was waiting in it. */
function start(script: HTMLScriptElement): void {
  const base = new URL(script.src).origin
  const host = createHost(base, script.dataset, async (command, ...values) => {
    door ??= host.load(() => import(`${base}/w/${DOOR}`))
    return (await door).run(host, command, values)
  })
  let door: Promise<Door> | undefined
  // Before idle the page has other things to do than to chat.
  const idle = new Promise<void>((run) => whenIdle(host.gone, run))
  let busy: Promise<unknown> = idle
  const ahlan: Global = (name, ...values) => {
    const wanted = name === 'get' && readable.find((one) => one === values[0])
    if (wanted) return host[wanted]
    if (name === 'destroy') {
      delete window.Ahlan
      return host.destroy()
    }
    const done = busy.then(() => host.run(name, ...values))
    // What is only asked may take its time; what the page does next does not wait for it.
    if (name !== 'get') busy = done
    return done
  }
  ahlan.host = host
  window.Ahlan = ahlan
  for (const command of waiting) ahlan(...command)
  // What the page has asked for, such as no consent, comes before anything is told.
  idle.then(() => busy).then(() => begin(host))
}
