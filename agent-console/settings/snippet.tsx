import { useState } from 'preact/hooks'
import { useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'

/** The tag to paste. */
export function Snippet({ siteKey }: { siteKey: string }) {
  const { t } = useWords()
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  const snippet = `<script async src="${location.origin}/widget.js" data-site="${siteKey}"></script>`
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(snippet)
      setState('copied')
    } catch {
      setState('refused')
    }
  }
  return (
    <section class="card" aria-labelledby="snippet-title">
      <h2 id="snippet-title">{t('snippetTitle')}</h2>
      <p class="card-about">{t('snippetAbout')}</p>
      <pre class="snippet" dir="ltr">
        <code>{snippet}</code>
      </pre>
      <div class="form-actions">
        <span role="status" class="quiet-words">
          {state === 'copied' && t('copied')}
          {state === 'refused' && t('copyByHand')}
        </span>
        <button type="button" class="button" onClick={() => void copy()}>
          <Icon name="copy" size={18} />
          {t('copySnippet')}
        </button>
      </div>
    </section>
  )
}
