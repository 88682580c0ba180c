/** Colours are `#rrggbb`. */
type Rgb = readonly [number, number, number]

const parse = (colour: string): Rgb => {
  const part = (i: number) => Number.parseInt(colour.slice(i, i + 2), 16)
  return [part(1), part(3), part(5)]
}

/** Relative luminance as WCAG defines it. */
const luminance = (rgb: Rgb): number => {
  const [r, g, b] = rgb.map((part) =>
    part / 255 > 0.04045 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 3294.6,
  )
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0)
}

/** Contrast ratio as WCAG defines it, 1 to 21. */
export const contrast = (one: string, other: string): number => {
  const a = luminance(parse(one))
  const b = luminance(parse(other))
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** Black or white, whichever reads better on `colour`: always at least 4.5. */
export const textOn = (colour: string): string =>
  contrast(colour, '#ffffff') >= contrast(colour, '#000000') ? '#ffffff' : '#000000'

/** The colour, moved towards black or white until it can be read on `surface`. */
export function readableOn(colour: string, surface: string): string {
  const towards = textOn(surface)
  for (let share = 0; share < 1; share += 0.08) {
    const mixed = mix(colour, towards, share)
    if (contrast(mixed, surface) >= 4.5) return mixed
  }
  return towards
}

const mix = (one: string, other: string, share: number): string => {
  const to = parse(other)
  const parts = parse(one).map((part, i) => Math.round(part + ((to[i] ?? 0) - part) * share))
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}
