import type { Host } from './host.ts'

/** The accent, and what reads on it. */
export const accentOf = ({ answer }: Host) => ({
  accent: answer?.site.accent ?? '#0f766e',
  onAccent: answer?.site.onAccent ?? '#ffffff',
})

/** Whether the dark colours are to be used. */
export const isDark = ({ settings }: Host): boolean =>
  settings.theme === 'dark' ||
  (settings.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
