/** One outline set. Those that point somewhere are mirrored by the sheet in right-to-left. */
const paths = {
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M14 6l-6 6 6 6',
  attach: 'M19 11l-8 8a5 5 0 01-7-7l8-8a3 3 0 015 5l-8 8a1 1 0 01-2-2l7-7',
  send: 'M5 12h13M12 6l6 6-6 6',
  forward: 'M10 6l6 6-6 6',
}

export const Icon = ({ name }: { name: keyof typeof paths }) => (
  <svg class={`icon points-${name}`} viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
)
