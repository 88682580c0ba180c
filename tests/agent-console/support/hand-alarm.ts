import type { Alarm, Leave, Shown } from '../../../agent-console/state/ports.ts'

export interface HandAlarm extends Alarm {
  sounds: string[]
  shown: Shown[]
  /** Somebody clicks on what was shown last. */
  click(): void
  hide(): void
  see(): void
  allows: Leave
}

/** A browser that notes what it was to do, in as many tabs as the locks are shared by. */
export function handAlarm(): HandAlarm {
  let hidden = false
  let opened: () => void = () => undefined
  const listeners = new Set<() => void>()
  const alarm: HandAlarm = {
    sounds: [],
    shown: [],
    allows: 'default',
    isHidden: () => hidden,
    onSight: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    sound: (about) => void alarm.sounds.push(about),
    show: (shown, onOpened) => {
      alarm.shown.push(shown)
      opened = onOpened
    },
    leave: () => alarm.allows,
    askLeave: async () => {
      if (alarm.allows === 'default') alarm.allows = 'granted'
      return alarm.allows
    },
    alone: async (work) => work(),
    click: () => opened(),
    hide: () => {
      hidden = true
    },
    see: () => {
      hidden = false
      for (const listener of listeners) listener()
    },
  }
  return alarm
}
