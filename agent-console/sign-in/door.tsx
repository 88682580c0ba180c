import type { ComponentChildren } from 'preact'
import { useWords } from '../ui/context.tsx'
import { Logo } from '../ui/icons.tsx'
import { LanguageSwitch } from '../ui/language-switch.tsx'

/** The page before the house: a card with a form, and the choice of language. */
export const Door = ({
  title,
  about,
  children,
}: {
  title: string
  about?: string
  children: ComponentChildren
}) => (
  <main class="door">
    <div class="door-card">
      <p class="door-sign">
        <Logo size={36} />
        <span>{useWords().t('product')}</span>
      </p>
      <h1>{title}</h1>
      {about && <p class="door-about">{about}</p>}
      {children}
    </div>
    <LanguageSwitch />
  </main>
)
