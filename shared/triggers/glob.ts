/**
 * Whether `text` fits `glob`: `*` stands for any run of characters, `?` for one. Whatever strangers send, the work is
 * about the length of both.
 */
export const fitsGlob = (glob: string, text: string): boolean => prepareGlob(glob)(text)

/** The same for many texts: what can be found out from the glob alone is found out once. */
export function prepareGlob(glob: string): (text: string) => boolean {
  const [head = '', ...rest] = glob.split('*')
  const tail = rest.pop()
  if (tail === undefined) return head.includes('?') ? exactly(pieceOf(head)) : (text) => text === glob
  return fitsPieces(pieceOf(head), rest.filter((piece) => piece !== '').map(pieceOf), pieceOf(tail))
}

/** What stands between two stars. */
interface Piece {
  length: number
  isAt(text: string, from: number): boolean
  /** Where it comes first; below 0 when it does not. */
  find(text: string, from: number): number
}

const exactly =
  (piece: Piece) =>
  (text: string): boolean =>
    text.length === piece.length && piece.isAt(text, 0)

/** Each piece between stars as early as it comes, the first and the last at their ends. */
function fitsPieces(head: Piece, middle: readonly Piece[], tail: Piece): (text: string) => boolean {
  return (text) => {
    const end = text.length - tail.length
    if (end < head.length || !head.isAt(text, 0) || !tail.isAt(text, end)) return false
    let from = head.length
    for (const piece of middle) {
      const at = piece.find(text, from)
      if (at < 0) return false
      from = at + piece.length
    }
    return from <= end
  }
}

const pieceOf = (piece: string): Piece =>
  piece.includes('?')
    ? markedPiece(piece)
    : {
        length: piece.length,
        isAt: (text, from) => text.startsWith(piece, from),
        find: (text, from) => text.indexOf(piece, from),
      }

const wordBits = 32

/**
 * With question marks. All places at which it may have begun are followed at the same time, a bit each, so that a text
 * of strangers costs its length and no more, however often it nearly fits.
 */
function markedPiece(piece: string): Piece {
  const { length } = piece
  let masks: Masks | undefined
  return {
    length,
    isAt(text, from) {
      for (let i = 0; i < length; i++) if (!fitsUnit(piece[i], text[from + i])) return false
      return true
    },
    find(text, from) {
      masks ??= masksOf(piece)
      const state = new Uint32Array(masks.words)
      const [lastWord, lastBit] = [masks.words - 1, 1 << ((length - 1) % wordBits)]
      for (let t = from; t < text.length; t++) {
        step(state, masks.of.get(text.charCodeAt(t)) ?? masks.any)
        if ((state[lastWord] ?? 0) & lastBit) return t - length + 1
      }
      return -1
    },
  }
}

const fitsUnit = (wanted: string | undefined, there: string | undefined): boolean =>
  there !== undefined && (wanted === '?' || wanted === there)

/** Which places of a piece a unit of text fits, a bit each. */
interface Masks {
  words: number
  any: Uint32Array
  of: ReadonlyMap<number, Uint32Array>
}

function masksOf(piece: string): Masks {
  const words = Math.ceil(piece.length / wordBits)
  const any = maskOf(piece, words, '?')
  const units = [...new Set(piece.split(''))].filter((unit) => unit !== '?')
  const of = units.map((unit) => [unit.charCodeAt(0), maskOf(piece, words, unit)] as const)
  return { words, any, of: new Map(of) }
}

const maskOf = (piece: string, words: number, unit: string): Uint32Array =>
  Uint32Array.from({ length: words }, (_, word) =>
    piece
      .slice(word * wordBits, (word + 1) * wordBits)
      .split('')
      .reduce((bits, one, bit) => (one === '?' || one === unit ? bits | (1 << bit) : bits), 0),
  )

/** What had begun goes on where the next unit fits, and it may begin anew. */
function step(state: Uint32Array, mask: Uint32Array): void {
  let carry = 1
  for (let word = 0; word < state.length; word++) {
    const before = state[word] ?? 0
    state[word] = ((before << 1) | carry) & (mask[word] ?? 0)
    carry = before >>> (wordBits - 1)
  }
}
