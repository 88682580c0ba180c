import { readableOn } from '../../shared/colour.ts'
import type { Host } from '../page/host.ts'
import { accentOf, isDark } from '../page/theme.ts'

const phone = '(max-width: 480px)'

/** On a phone the panel is the whole screen. */
export const isPhone = (): boolean => matchMedia(phone).matches

const surface = { light: '#fffdfa', dark: '#1f1b18' }

/** Gives the panel's root its side and colours. */
export function dress(root: HTMLElement, host: Host): void {
  const dark = isDark(host)
  const { accent, onAccent } = accentOf(host)
  const colours = {
    '--accent': accent,
    '--on-accent': onAccent,
    '--accent-text': readableOn(accent, dark ? surface.dark : surface.light),
  }
  root.className = `root ${dark ? 'dark' : 'light'} on-${host.settings.side ?? host.answer?.site.side}`
  for (const [name, value] of Object.entries(colours)) root.style.setProperty(name, value)
}

/** The page's own shortcuts must not hear what is typed here. Tab keeps its meaning. */
export function keepKeys(root: HTMLElement, leave: () => void): void {
  for (const type of ['keydown', 'keyup', 'keypress'] as const)
    root.addEventListener(type, (event) => event.stopPropagation())
  root.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing) leave()
    if (event.key === 'Tab' && isPhone()) stayWithin(root, event)
  })
}

/** A modal panel keeps the focus: after the last comes the first. */
function stayWithin(root: HTMLElement, event: KeyboardEvent): void {
  const all = [...root.querySelectorAll<HTMLElement>('button:enabled, textarea, input, a, [tabindex="0"]')]
  const shadow = root.getRootNode()
  const active = shadow instanceof ShadowRoot ? shadow.activeElement : null
  const edge = event.shiftKey ? all[0] : all.at(-1)
  if (active !== edge) return
  event.preventDefault()
  const next = event.shiftKey ? all.at(-1) : all[0]
  next?.focus()
}

/** Keeps the panel above a phone's on-screen keyboard. The returned function stops it. */
export function followKeyboard(root: HTMLElement): () => void {
  const viewport = window.visualViewport
  const settle = () => {
    root.style.setProperty('--seen-height', `${viewport?.height ?? innerHeight}px`)
    root.style.setProperty('--seen-top', `${viewport?.offsetTop ?? 0}px`)
  }
  settle()
  viewport?.addEventListener('resize', settle)
  viewport?.addEventListener('scroll', settle)
  return () => {
    viewport?.removeEventListener('resize', settle)
    viewport?.removeEventListener('scroll', settle)
  }
}
