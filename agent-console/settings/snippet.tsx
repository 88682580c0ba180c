import { useWords } from '../ui/context.tsx'
import { CopiedLine } from './copied-line.tsx'

/** The tag to paste. */
export function Snippet({ siteKey }: { siteKey: string }) {
  const { t } = useWords()
  return (
    <section class="card" aria-labelledby="snippet-title">
      <h2 id="snippet-title">{t('snippetTitle')}</h2>
      <p class="card-about">{t('snippetAbout')}</p>
      <CopiedLine
        line={`<script async src="${location.origin}/widget.js" data-site="${siteKey}"></script>`}
      />
    </section>
  )
}
