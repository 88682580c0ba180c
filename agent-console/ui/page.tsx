import type { ComponentChildren } from 'preact'

/** A screen of its own, beside the rail: a heading, what can be done, and the content. */
export const Page = ({
  title,
  about,
  actions,
  children,
}: {
  title: string
  about?: ComponentChildren
  actions?: ComponentChildren
  children: ComponentChildren
}) => (
  <div class="page">
    <header class="page-head">
      <div class="page-words">
        <h1>{title}</h1>
        {about && <p class="page-about">{about}</p>}
      </div>
      {actions && <div class="page-actions">{actions}</div>}
    </header>
    {children}
  </div>
)
