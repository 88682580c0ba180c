import { useState } from 'preact/hooks'
import { useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'

/** A line of code to carry elsewhere. */
export function CopiedLine({ line }: { line: string }) {
  const { t } = useWords()
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(line)
      setState('copied')
    } catch {
      setState('refused')
    }
  }
  return (
    <>
      <pre class="snippet" dir="ltr">
        <code>{line}</code>
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
    </>
  )
}
