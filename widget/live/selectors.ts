const known = new Map<string, boolean>()

/** Whether this browser understands it. One that it does not is said once, and fits nothing. */
export function isSelector(text: string): boolean {
  const before = known.get(text)
  if (before !== undefined) return before
  const isOne = understands(text)
  if (!isOne) console.warn(`Ahlan: a rule asks for ${text}, which is no selector`)
  known.set(text, isOne)
  return isOne
}

function understands(text: string): boolean {
  try {
    document.createDocumentFragment().querySelector(text)
    return true
  } catch {
    return false
  }
}

/** Not asked of the element itself: a field of a form may bear the name of the function. */
export const fits = (element: Element, selector: string): boolean =>
  Element.prototype.matches.call(element, selector)
