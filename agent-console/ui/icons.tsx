/** One outline set on a 24 px grid. Those that point somewhere mirror with the direction of writing. */
const paths = {
  inbox:
    'M4 13.5 6.6 5.8A2 2 0 0 1 8.5 4.5h7a2 2 0 0 1 1.9 1.3L20 13.5v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z M4 13.5h4.5a3.5 3.5 0 0 0 7 0H20',
  visitors:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z M2.8 19.5a6.2 6.2 0 0 1 12.4 0 M16 4.9a3.5 3.5 0 0 1 0 6.2 M18 14.2a6.2 6.2 0 0 1 3.2 5.3',
  reports: 'M4.5 19.5h15 M7 16v-4.5 M12 16V5 M17 16V8.5',
  proactive:
    'M12 20.5c5 0 8.5-3.2 8.5-7.7S17 5 12 5s-8.500 3.300-8.500 7.800c0 1.900.7 3.600 1.900 4.900L4.800 20.800l3.400-1.100c1.100.5 2.400.8 3.800.8z M12.300 8.300 9.800 12.800h4.400l-2.500 4.200',
  settings:
    'M4.500 7.500h8 M17.500 7.500h2 M15 10a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z M4.500 16.500h2 M11.500 16.500h8 M9 19a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  send: 'M4.500 12h14 M12.500 5.500 19 12l-6.500 6.500',
  back: 'M19.500 12h-14 M11.500 5.500 5 12l6.500 6.500',
  previous: 'M14.500 5.500 8 12l6.500 6.500',
  next: 'M9.500 5.500 16 12l-6.500 6.500',
  close: 'M6 6l12 12 M18 6 6 18',
  check: 'M5 12.500 10 17.500 19.500 7',
  checks: 'M2.500 12.800 7 17.300 15.500 7.500 M11.500 16.300l1 1 9-9.800',
  clock: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17z M12 7.500V12l3 2',
  alert: 'M12 4 2.800 19.500h18.400z M12 10v4.200 M12 17v.01',
  person: 'M12 11.500a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4.500 20.500a7.500 7.500 0 0 1 15 0',
  desktop: 'M4 5h16v10.500H4z M9 19.500h6 M12 15.500v4',
  phone: 'M8 3.500h8a1 1 0 0 1 1 1v15a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1z M11 17.500h2',
  page: 'M6.500 3.500h7l4 4v13h-11z M13.500 3.500v4h4',
  note: 'M5 4.500h14v9.500l-5.500 5.500H5z M19 14h-5.500v5.500',
  globe:
    'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17z M3.500 12h17 M12 3.500c5 5 5 12 0 17 M12 3.500c-5 5-5 12 0 17',
  copy: 'M8.500 8.500h11v11h-11z M15.500 8.500v-4h-11v11h4',
  plus: 'M12 5v14 M5 12h14',
  trash: 'M4.500 7h15 M9 7V4.500h6V7 M6.500 7l1 12.500h9l1-12.500',
  pencil: 'M4.500 19.500l1-4L16 5l3 3L8.500 18.500z',
  star: 'M12 4l2.500 5.200 5.700.8-4.100 4 1 5.700-5.100-2.700-5.100 2.700 1-5.700-4.100-4 5.700-.8z',
  panel: 'M4 5h16v14H4z M15 5v14',
  cloud: 'M7 18.500a4 4 0 0 1-.5-8 5.500 5.500 0 0 1 10.700 1.200 3.500 3.500 0 0 1-.2 6.800z M4 4l16 16',
  door: 'M13.500 4.500h-8v15h8 M10.500 12h10 M16.500 8l4 4-4 4',
  reopen: 'M4.500 9.500h10a5 5 0 0 1 0 10H8 M8.500 5.500l-4 4 4 4',
  attach:
    'M19.500 11.500l-7.800 7.800a5 5 0 0 1-7-7l8-8a3.300 3.300 0 0 1 4.700 4.700l-8 8a1.600 1.600 0 0 1-2.300-2.300l7.200-7.200',
  download: 'M12 4.500v11 M7 11l5 5 5-5 M5 20h14',
  picture: 'M4 5h16v14H4z M4 16l5-5 4 4 3-3 4 4 M15 9v.01',
  grip: 'M9 6v.01 M15 6v.01 M9 12v.01 M15 12v.01 M9 18v.01 M15 18v.01',
  calendar: 'M4.500 6h15v13.500h-15z M4.500 10h15 M8.500 3.500V7 M15.500 3.500V7',
  flag: 'M6 20.500v-16h11.500l-2.500 4 2.500 4H6',
  down: 'M5.500 9.500 12 16l6.500-6.500',
} as const

export type IconName = keyof typeof paths
const pointing: ReadonlySet<IconName> = new Set([
  'send',
  'back',
  'previous',
  'next',
  'door',
  'reopen',
  'panel',
])

/** Decorative: the words stand beside it or in the control's name. */
export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }) => (
  <svg
    class={pointing.has(name) ? 'icon icon-pointing' : 'icon'}
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.75"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d={paths[name]} />
  </svg>
)

/** The house sign: a bubble that is also a welcoming door. */
export const Logo = ({ size = 28 }: { size?: number }) => (
  <svg class="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path
      class="logo-ground"
      d="M16 3C8.300 3 2.500 8.100 2.500 14.900c0 3.300 1.400 6.200 3.700 8.300L5.300 28.600a.8.8 0 0 0 1.100.8l5.500-2.300c1.300.3 2.700.5 4.100.5 7.700 0 13.500-5.100 13.500-12.700S23.700 3 16 3z"
    />
    <path class="logo-mark" d="M11.500 21.500v-6.300a4.500 4.500 0 0 1 9 0v6.300" />
    <path class="logo-mark" d="M17.300 16.800v.01" />
  </svg>
)
