/** Markup that is safe to send: made by `html`, so that every text in it was escaped. */
export class Markup {
  constructor(readonly source: string) {}
}

export type Content = Markup | string | number | null | readonly Content[]

/** A template whose values are escaped, also within quoted attributes; markup passes, null vanishes. */
export const html = (parts: TemplateStringsArray, ...values: Content[]): Markup =>
  new Markup(parts.map((part, i) => part + render(values[i] ?? null)).join(''))

function render(value: Content): string {
  if (value === null) return ''
  if (value instanceof Markup) return value.source
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value))
  return value.map(render).join('')
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')
