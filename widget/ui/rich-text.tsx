import { findLinks } from '../../shared/text/links.ts'

/** What somebody wrote: its own direction, addresses as links, never markup. */
export const RichText = ({ text }: { text: string }) => (
  <span class="text" dir="auto">
    {findLinks(text).map((piece, i) =>
      piece.kind === 'text' ? (
        piece.text
      ) : (
        <a key={i} href={piece.href} dir="ltr" target="_blank" rel="noopener noreferrer nofollow ugc">
          {piece.text}
        </a>
      ),
    )}
  </span>
)
