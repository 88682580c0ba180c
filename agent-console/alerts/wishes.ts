import type { Keep } from '../state/ports.ts'

/** How an agent wishes to be alerted, in this browser. Read whenever there is something, so that every tab knows. */
export interface AlertWishes {
  sound: boolean
  desktop: boolean
}

const names = { sound: 'ahlan.alerts.sound', desktop: 'ahlan.alerts.desktop' } as const
const usual: AlertWishes = { sound: true, desktop: false }

export function wishesIn(keep: Keep): AlertWishes {
  const of = (name: keyof AlertWishes): boolean => {
    const held = keep.read(names[name])
    return held === null ? usual[name] : held === 'on'
  }
  return { sound: of('sound'), desktop: of('desktop') }
}

export const keepWish = (keep: Keep, name: keyof AlertWishes, on: boolean): void =>
  keep.write(names[name], on ? 'on' : 'off')
