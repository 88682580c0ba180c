import type { Host } from './page/host.ts'
import { whenIdle } from './page/idle.ts'
import { begin, createHost } from './page/widget.ts'

/** Names of the built chunks, filled in by the build. */
declare const CHUNKS: Record<'live' | 'api', string>

interface Global {
  (name: string, ...values: unknown[]): unknown
  /** Commands given before the script was there. */
  q?: ArrayLike<unknown>[]
  /** Set when it is the real one. */
  host?: Host
}
declare global {
  interface Window {
    Ahlan?: Global
  }
}

// An element of that name stands there as well.
const waiting = typeof window.Ahlan === 'function' ? window.Ahlan : undefined
const script = document.currentScript
if (!waiting?.host && script instanceof HTMLScriptElement) start(script)

/** Takes the place of the queue that the page may have made, and does what was waiting in it. */
function start(script: HTMLScriptElement): void {
  const base = new URL(script.src).origin
  const load = (name: keyof typeof CHUNKS) => import(`${base}/w/${CHUNKS[name]}`)
  const host = createHost(base, script.dataset, load)
  let busy: Promise<unknown> = Promise.resolve()
  const ahlan: Global = (name, ...values) => {
    if (name === 'get') return Reflect.get(host, `${values[0]}`)
    if (name === 'destroy') {
      host.destroy()
      Reflect.deleteProperty(window, 'Ahlan')
    } else busy = busy.then(() => load('api')).then((api) => api.run(host, name, values), console.warn)
  }
  ahlan.host = host
  window.Ahlan = ahlan
  if (script.dataset.consent === 'granted' && !host.memory.held) ahlan('consent', 'granted')
  for (const command of waiting?.q ?? []) Reflect.apply(ahlan, null, command)
  // What the page has asked for, such as no consent, comes before anything is told.
  whenIdle(() => busy.then(() => begin(host)))
}
