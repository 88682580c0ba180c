import type { Host } from './page/host.ts'
import { Widget } from './page/widget.ts'

/** Names of the built chunks, filled in by the build. */
declare const CHUNKS: Record<'live' | 'chat' | 'api', string>

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

const waiting = window.Ahlan
const script = document.currentScript
if (!waiting?.host && script instanceof HTMLScriptElement) begin(script)

/** Takes the place of the queue that the page may have made, and does what was waiting in it. */
function begin(script: HTMLScriptElement): void {
  const base = new URL(script.src).origin
  const load = (name: keyof typeof CHUNKS) => import(`${base}/w/${CHUNKS[name]}`)
  const host = new Widget(base, script.dataset, load)
  let busy: Promise<unknown> = Promise.resolve()
  const ahlan: Global = (name, ...values) => {
    if (name === 'get') return Reflect.get(host, `${values[0]}`)
    if (name === 'destroy') {
      host.destroy()
      Reflect.deleteProperty(window, 'Ahlan')
    } else busy = busy.then(() => load('api')).then((api) => api.run(host, name, values)).catch(console.warn)
  }
  ahlan.host = host
  window.Ahlan = ahlan
  for (const command of waiting?.q ?? []) Reflect.apply(ahlan, null, command)
  host.start(busy)
}
