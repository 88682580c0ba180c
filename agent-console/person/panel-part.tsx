import type { ComponentChildren } from 'preact'
import { useWords } from '../ui/context.tsx'
import type { TextKey } from '../ui/words.ts'

export const PanelPart = ({ title, children }: { title: TextKey; children: ComponentChildren }) => (
  <section class="panel-part">
    <h3>{useWords().t(title)}</h3>
    {children}
  </section>
)
