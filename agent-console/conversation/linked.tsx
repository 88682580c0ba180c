import { findLinks } from '../../shared/text/links.ts'

/** A text with its addresses as links; each shows the host it really opens. */
export const Linked = ({ text }: { text: string }) => (
  <>
    {findLinks(text).map((piece, i) =>
      piece.kind === 'text' ? (
        piece.text
      ) : (
        <a key={i} href={piece.href} target="_blank" rel="noopener noreferrer nofollow" dir="ltr">
          {piece.text}
        </a>
      ),
    )}
  </>
)
