export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  made.className = className
  return made
}

/** What somebody wrote keeps its own direction. */
export function own<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, text: string) {
  const made = element(tag, className)
  made.dir = 'auto'
  made.textContent = text
  return made
}

export function action(className: string, label: string, run: () => void): HTMLButtonElement {
  const button = element('button', className)
  button.type = 'button'
  button.textContent = label
  button.onclick = run
  return button
}

/** Lent to the parts that are downloaded later, which share no module with this one. */
export const elements = { element, own, action }
export type Elements = typeof elements
