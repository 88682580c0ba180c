import { fileTexts } from './files-texts.ts'
import type { Language } from './language.ts'

type Child = Element | string | null

/** Built without the panel's library: the chunk of the files would need it as well, and with it the whole page. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string>,
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children.filter((child) => child !== null))
  return made
}

const drawings: Record<string, string> = {
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01',
  audio: 'M9 18V6l10-2v12M9 18a2.5 2.5 0 11-5 0 2.5 2.5 0 015 0zM19 16a2.5 2.5 0 11-5 0 2.5 2.5 0 015 0z',
  video: 'M4 6h12v12H4zM16 10l5-3v10l-5-3',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  close: 'M6 6l12 12M18 6L6 18',
  other: 'M6 3h8l4 4v14H6zM14 3v4h4',
}

/** By the kind of a type, such as `image/png`, or by name. */
export function icon(name: string): Element {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  for (const [key, value] of [
    ['class', 'icon'],
    ['viewBox', '0 0 24 24'],
    ['aria-hidden', 'true'],
  ] as const)
    svg.setAttribute(key, value)
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  path.setAttribute('d', drawings[name.split('/')[0] ?? ''] ?? drawings.other ?? '')
  svg.append(path)
  return svg
}

export function iconButton(label: string, act: () => void): HTMLButtonElement {
  const button = element(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label },
    icon('close'),
  )
  button.onclick = act
  return button
}

/** `{name}` and the like, once, as text. */
export const filled = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')

export function sizeOf(language: Language, size: number): string {
  const { kilobytes, megabytes } = fileTexts[language.locale]
  const [words, value] =
    size < 1_000_000 ? [kilobytes, Math.max(0.1, size / 1024)] : [megabytes, size / 1024 / 1024]
  return filled(words, {
    number: language.number(value < 10 ? Math.round(value * 10) / 10 : Math.round(value)),
  })
}

/** What is known of a file, as a row begins. */
export const what = (
  language: Language,
  { name, size, type }: { name: string; size: number; type: string },
  more: Child = null,
): Element[] => [
  icon(type),
  element(
    'span',
    { class: 'what' },
    element('bdi', { class: 'name' }, name),
    ' ',
    element('span', { class: 'size' }, sizeOf(language, size)),
    more,
  ),
]
