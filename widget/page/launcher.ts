import type { Host } from './host.ts'
import css from './launcher.css'

/** Until a language is loaded the launcher is all that speaks. */
const labels = { en: 'Open chat', ar: 'افتح المحادثة', fa: 'باز کردن گفتگو' }

/** One open shadow root on `<html>`, so that a replaced `<body>` does not take it away. */
export function mountRoot(): ShadowRoot {
  const root = document.createElement('ahlan-chat').attachShadow({ mode: 'open' })
  addSheet(root, css)
  document.documentElement.append(root.host)
  return root
}

/** Sheets are adopted, since a page's policy may forbid style elements. */
export function addSheet(root: ShadowRoot, text: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  root.adoptedStyleSheets.push(sheet)
}

/** Brings the launcher to what `host` says. */
export function paintLauncher(button: HTMLElement, { state, settings, answer, label }: Host): void {
  button.style.setProperty('--accent', answer?.site.accent ?? '#0f766e')
  button.className = `launcher ${settings.side ?? answer?.site.side}`
  button.ariaLabel = label ?? labels[settings.locale]
  button.hidden = state !== 'closed' || settings.launcher === 'hidden'
}
