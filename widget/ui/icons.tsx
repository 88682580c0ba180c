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

const mouths = ['M8 17q4-5 8 0', 'M8 16.5q4-3 8 0', 'M8 16h8', 'M8 15q4 3 8 0', 'M8 14q4 6 8 0']

/** A face for a rating, drawn rather than typed: not every device has a font for it. */
export const Face = ({ rating }: { rating: number }) => (
  <svg class="icon face-icon" viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="9.5" />
    <path d={`M9 9.3v.7M15 9.3v.7${mouths[rating - 1]}`} />
  </svg>
)
