import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { PanelPart } from './panel-part.tsx'

/** Why each proactive message was shown, or was not: what is in it is asked for only while it is open. */
export function WhyPart({ children }: { children: ComponentChildren }) {
  const { t } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <PanelPart title="whyTitle">
      <button
        type="button"
        class="why-open"
        aria-expanded={open}
        onClick={() => setOpen((isOpen) => !isOpen)}
      >
        <Icon name="down" size={16} />
        {t('whyOpen')}
      </button>
      {open && children}
    </PanelPart>
  )
}
