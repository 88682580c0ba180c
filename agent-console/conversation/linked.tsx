const address = /\bhttps?:\/\/[^\s<>"'\u0600-\u06ff]+[^\s<>"'\u0600-\u06ff.,;:!?)\]]/g
/** These turn the reading order of what follows; an address that carries them shows another host than it opens. */
const bidiControls = /[\u202a-\u202e\u2066-\u2069]/g

/** A text with its web addresses as links; only http and https become one. */
export function Linked({ text }: { text: string }) {
  const plain = text.replace(bidiControls, '')
  const found = [...plain.matchAll(address)]
  if (found.length === 0) return <>{plain}</>
  const pieces = found.map((match, i) => {
    const before = found[i - 1]
    return { text: plain.slice(before ? before.index + before[0].length : 0, match.index), url: match[0] }
  })
  const last = found.at(-1)
  return (
    <>
      {pieces.map((piece, i) => (
        <span key={i}>
          {piece.text}
          <a href={piece.url} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
            {piece.url}
          </a>
        </span>
      ))}
      {last && plain.slice(last.index + last[0].length)}
    </>
  )
}
