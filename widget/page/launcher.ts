import type { Host } from './host.ts'
import css from './launcher.css'

/** Until a language is loaded the launcher is all that speaks. */
const labels = { en: 'Open chat', ar: 'افتح المحادثة', fa: 'باز کردن گفتگو' }

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

/** Brings the launcher to what `host` says. */
export function paintLauncher(host: Host): void {
  const { state, settings, answer, label } = host
  host.button ??= addLauncher(host)
  const { button } = host
  button.style.setProperty('--accent', answer?.site.accent ?? '#0f766e')
  button.className = `launcher ${settings.side ?? answer?.site.side}`
  button.ariaLabel = label ?? labels[settings.locale]
  button.hidden = state !== 'closed' || settings.launcher === 'hidden'
}

function addLauncher(host: Host): HTMLElement {
  const button = document.createElement('button')
  button.onclick = () => host.open()
  button.onpointerenter = button.onfocus = () => host.load('live').then((chunk) => chunk.prepare())
  host.root().append(button)
  return button
}
