/**
 * Whether `text` fits `glob`: `*` stands for any run of characters, `?` for one. Whatever strangers send, the work is
 * about the length of both.
 */
export const fitsGlob = (glob: string, text: string): boolean => prepareGlob(glob)(text)

/** The same for many texts: what can be found out from the glob alone is found out once, when it is first asked. */
export function prepareGlob(glob: string): (text: string) => boolean {
  let fits: ((text: string) => boolean) | undefined
  return (text) => {
    fits ??= made(glob)
    return fits(text)
  }
}

function made(glob: string): (text: string) => boolean {
  const [head = '', ...rest] = glob.split('*')
  const tail = rest.pop()
  const pieces = rest.filter((piece) => piece !== '')
  if (!glob.includes('?'))
    return tail === undefined ? (text) => text === glob : fitsPieces(words, { head, pieces, tail })
  const [first, last] = [markedPiece(head), tail === undefined ? tail : markedPiece(tail)]
  if (!last) return (text) => text.length === first.length && first.isAt(text, 0)
  return fitsPieces(marked, { head: first, pieces: pieces.map(markedPiece), tail: last })
}

/** What stands before, between and after the stars. */
interface Parts<Piece> {
  head: Piece
  pieces: readonly Piece[]
  tail: Piece
}

interface Reader<Piece> {
  isAt(piece: Piece, text: string, from: number): boolean
  /** Where it comes first; below 0 when it does not. */
  find(piece: Piece, text: string, from: number): number
}

const words: Reader<string> = {
  isAt: (piece, text, from) => text.startsWith(piece, from),
  find: (piece, text, from) => text.indexOf(piece, from),
}

/** A piece with question marks in it. */
interface Marked {
  length: number
  isAt(text: string, from: number): boolean
  find(text: string, from: number): number
}

const marked: Reader<Marked> = {
  isAt: (piece, text, from) => piece.isAt(text, from),
  find: (piece, text, from) => piece.find(text, from),
}

/** Each piece between stars as early as it comes, the first and the last at their ends. */
function fitsPieces<Piece extends { length: number }>(
  { isAt, find }: Reader<Piece>,
  { head, pieces, tail }: Parts<Piece>,
): (text: string) => boolean {
  return (text) => {
    const end = text.length - tail.length
    if (end < head.length || !isAt(head, text, 0) || !isAt(tail, text, end)) return false
    let from = head.length
    for (const piece of pieces) {
      const at = find(piece, text, from)
      if (at < 0) return false
      from = at + piece.length
    }
    return from <= end
  }
}

const wordBits = 32

/**
 * With question marks. All places at which it may have begun are followed at the same time, a bit each, so that a text
 * of strangers costs its length and no more, however often it nearly fits.
 */
function markedPiece(piece: string): Marked {
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
