import type { Host } from './host.ts'
import css from './launcher.css'
import { accentOf } from './theme.ts'

/** One open shadow root on `<html>`, so that a replaced `<body>` does not take it away. */
export function mountRoot(gone: AbortSignal): ShadowRoot {
  const element = document.createElement('ahlan-chat')
  const root = element.attachShadow({ mode: 'open' })
  addSheet(root, css)
  document.documentElement.append(element)
  gone.onabort = () => element.remove()
  return root
}

/** Sheets are adopted, since a page's policy may forbid style elements. */
export function addSheet(root: ShadowRoot, text: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  root.adoptedStyleSheets.push(sheet)
}

/** Brings the launcher to what `host` says. One that was never to be seen is never made. */
export function paintLauncher(host: Host): void {
  const { answer, settings } = host
  const hidden = host.state === 'open' || settings.launcher === 'hidden'
  if (host.gone.aborted || (hidden && !host.button)) return
  host.button ??= addLauncher(host)
  const { button } = host
  button.hidden = hidden
  button.className = `launcher ${settings.side ?? answer?.site.side}`
  button.ariaLabel = host.label ?? answer?.openChat ?? 'Open chat'
  const { accent, onAccent } = accentOf(host)
  Object.assign(button.style, { background: accent, color: onAccent })
}

function addLauncher(host: Host): HTMLElement {
  const button = document.createElement('button')
  button.onclick = () => host.run('open')
  button.onpointerenter = button.onfocus = () => host.run('prepare')
  host.root().append(button)
  return button
}
