import { useState } from 'preact/hooks'
import { useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'

/** Takes along an address that shows the same days to whoever opens it, whenever and wherever. */
export function Share({ href }: { href: string }) {
  const { t } = useWords()
  const [state, setState] = useState<{ of: string; went: boolean } | null>(null)
  const address = new URL(href, location.href).href
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address)
      setState({ of: address, went: true })
    } catch {
      setState({ of: address, went: false })
    }
  }
  const told = state?.of === address ? state : null
  return (
    <div class="report-share">
      <span role="status" class="quiet-words">
        {told?.went && t('copied')}
      </span>
      {told?.went === false && <a href={href}>{t('linkToCopy')}</a>}
      <button type="button" class="button quiet" onClick={() => void copy()}>
        <Icon name="copy" size={18} />
        {t('copyLink')}
      </button>
    </div>
  )
}
