/** A run of a text: plain words, or an address that may be followed. */
export type Piece =
  | { kind: 'text'; text: string }
  /**
   * `text` is what to show, isolated and left to right; `href` where it leads.
   * `host` is where it really leads, null for mail and telephone.
   */
  | { kind: 'link'; text: string; href: string; host: string | null }

const address = /(?:https?:\/\/|mailto:|tel:)[^\s<>"`]+/gi
// They would let `moc.knab` be read as `bank.com`.
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const closing = '.,;:!?\'"*_…،؛؟»”’'
const brackets: Record<string, string> = { ')': '(', ']': '[', '}': '{' }

/** Cuts a text into plain runs and links. The runs of a text without links are the text itself. */
export function findLinks(text: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(address)) {
    const written = withoutClosing(match[0])
    const link = linkOf(written)
    if (!link) continue
    addText(pieces, text.slice(from, match.index))
    pieces.push(link)
    from = match.index + written.length
  }
  addText(pieces, text.slice(from))
  return pieces
}

function addText(pieces: Piece[], text: string): void {
  if (text !== '') pieces.push({ kind: 'text', text })
}

/** Without the punctuation of the sentence around it; a bracket stays when it was opened within. */
function withoutClosing(written: string): string {
  let end = written.length
  const opened = new Set(written)
  while (end > 0) {
    const last = written.charAt(end - 1)
    const opener = brackets[last]
    if (!closing.includes(last) && (opener === undefined || opened.has(opener))) break
    end--
  }
  return written.slice(0, end)
}

function linkOf(written: string): Piece | null {
  const text = written.replace(bidiControls, '')
  const url = parse(text)
  if (!url) return null
  switch (url.protocol) {
    case 'http:':
    case 'https:':
      return webLink(text, url)
    case 'mailto:':
    case 'tel:':
      return url.pathname === '' ? null : { kind: 'link', text, href: url.href, host: null }
    default:
      return null
  }
}

/** An address with a user name in it pretends to be another host, and is no link. */
function webLink(text: string, url: URL): Piece | null {
  if (url.username !== '' || url.password !== '') return null
  const honest = text.toLowerCase().startsWith(`${url.protocol}//${url.host}`)
  return { kind: 'link', text: honest ? text : url.href, href: url.href, host: url.host }
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}
