import type { Page } from './page/host.ts'
import { whenIdle } from './page/idle.ts'
import { createPage } from './page/page.ts'

/** Name of the built chunk, filled in by the build. */
declare const DOOR: string

type Command = [name: string, ...values: unknown[]]
interface Global {
  (...command: Command): unknown
  /** Commands given before the script was there. */
  q?: Iterable<Command>
  /** Set when it is the real one. */
  page?: Page
}
declare global {
  interface Window {
    Ahlan?: Global
  }
}

// An element of the page that bears our name would be found there too.
const waiting = typeof window.Ahlan === 'function' ? window.Ahlan : undefined
const script = document.currentScript
if (!waiting?.page && script instanceof HTMLScriptElement) start(script)

/** Takes the place of the queue that the page may have made, and does what was waiting in it. */
function start(script: HTMLScriptElement): void {
  const base = new URL(script.src).origin
  const page = createPage(base, script.dataset)
  const door = () => import(`${base}/w/${DOOR}`)
  // Before idle the page has other things to do than to chat.
  const idle = new Promise<void>((run) => whenIdle(page.gone, run))
  let busy = idle
  const ahlan: Global = (name, ...values) => {
    const [what] = values
    if (
      name === 'get' &&
      (what === 'state' || what === 'unread' || what === 'online' || what === 'visitorId')
    )
      return page[what]
    if (name === 'destroy') {
      page.destroy()
      delete window.Ahlan
    } else busy = busy.then(door).then((chunk) => chunk.run(page, name, values), console.warn)
  }
  ahlan.page = page
  window.Ahlan = ahlan
  if (script.dataset.consent === 'granted' && !page.memory.held) ahlan('consent', 'granted')
  for (const command of waiting?.q ?? []) ahlan(...command)
  // What the page has asked for, such as no consent, comes before anything is told.
  idle
    .then(() => busy)
    .then(() => {
      if (page.gone.aborted) return
      page.report()
      return door().then((chunk) => chunk.begin(page))
    })
    .catch(console.warn)
}
