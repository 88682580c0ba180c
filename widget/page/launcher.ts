import type { Host } from './host.ts'
import css from './launcher.css'

/** One open shadow root on `<html>`, so that a replaced `<body>` does not take it away; the launcher in it. */
export function mount(host: Host): ShadowRoot {
  const element = document.createElement('ahlan-chat')
  const root = element.attachShadow({ mode: 'open' })
  const button = document.createElement('button')
  host.button = button
  button.hidden = true
  button.onclick = () => host.run('open')
  button.onpointerenter = button.onfocus = () => host.run('prepare')
  // Set, not added to: touching the list as it stands would make its whole machinery before a click.
  root.adoptedStyleSheets = [sheetOf(css)]
  root.append(button)
  document.documentElement.append(element)
  host.gone.onabort = () => element.remove()
  return root
}

/** Sheets are adopted, since a page's policy may forbid style elements. */
export const addSheet = (root: ShadowRoot, text: string) => root.adoptedStyleSheets.push(sheetOf(text))

function sheetOf(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  return sheet
}

/**
 * Brings the launcher to what `host` says. None is made that was never to be seen,
 * nor where the server has not answered: it would open nothing.
 */
export function paintLauncher(host: Host): void {
  const { answer, settings } = host
  const hidden = host.state === 'open' || settings.launcher === 'hidden'
  if (host.gone.aborted || !answer || (hidden && !host.button)) return
  host.root()
  const { button } = host
  if (!button) return
  const { site } = answer
  button.hidden = hidden
  button.className = `launcher ${settings.side ?? site.side}`
  button.ariaLabel = host.label ?? answer.openChat
  button.style.background = site.accent
  button.style.color = site.onAccent
}
