/**
 * Whether `text` fits `glob`: `*` stands for any run of characters, `?` for one.
 * Only the last star is ever retried, so the work is at most glob × text, whatever strangers send.
 */
export function fitsGlob(glob: string, text: string): boolean {
  let g = 0
  let t = 0
  let star = -1
  let resume = 0
  while (t < text.length) {
    if (glob[g] === '*') {
      star = g++
      resume = t
    } else if (g < glob.length && (glob[g] === '?' || glob[g] === text[t])) {
      g++
      t++
    } else if (star >= 0) {
      g = star + 1
      t = ++resume
    } else return false
  }
  while (glob[g] === '*') g++
  return g === glob.length
}

/** The same for many texts: what can be found out from the glob alone is found out once. */
export function prepareGlob(glob: string): (text: string) => boolean {
  const literals = glob.split(/[*?]/)
  if (literals.length === 1) return (text) => text === glob
  if (!glob.includes('?')) return fitsPieces(literals)
  const longest = literals.reduce((one, other) => (other.length > one.length ? other : one))
  return (text) => text.includes(longest) && fitsGlob(glob, text)
}

/** Each piece between stars as early as it comes, the first and the last at their ends. */
function fitsPieces(pieces: readonly string[]): (text: string) => boolean {
  const head = pieces[0] ?? ''
  const tail = pieces.at(-1) ?? ''
  const middle = pieces.slice(1, -1).filter((piece) => piece !== '')
  return (text) => {
    const end = text.length - tail.length
    if (end < head.length || !text.startsWith(head) || !text.endsWith(tail)) return false
    let from = head.length
    for (const piece of middle) {
      const at = text.indexOf(piece, from)
      if (at < 0) return false
      from = at + piece.length
    }
    return from <= end
  }
}
