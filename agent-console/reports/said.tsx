import type { ComponentChildren } from 'preact'

/** One thing that is said of what stands behind a figure. */
export const Said = ({ name, said }: { name: string; said: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{said}</dd>
  </div>
)
