import type { Alarm, Leave } from '../state/ports.ts'

/** What sounds, as tones of Hz one after the other. */
const tones: Record<Parameters<Alarm['sound']>[0], readonly number[]> = {
  message: [660, 880],
  late: [880, 660, 880],
}
const toneSeconds = 0.16
const loudness = 0.12

/** This page and its browser. */
export function pageAlarm(): Alarm {
  let shownBefore: Notification | null = null
  let audio: AudioContext | null = null
  const isHidden = () => document.visibilityState === 'hidden'
  const onSight: Alarm['onSight'] = (listener) => {
    const look = () => {
      if (!isHidden()) listener()
    }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }
  onSight(() => shownBefore?.close())
  return {
    isHidden,
    onSight,
    sound(kind) {
      // Before somebody has clicked into the page no browser lets it sound, and some complain of the attempt.
      if (!navigator.userActivation?.hasBeenActive || typeof AudioContext === 'undefined') return
      audio ??= new AudioContext()
      play(audio, tones[kind])
    },
    show({ title, ...options }, opened) {
      shownBefore?.close()
      shownBefore = notification(title, { ...options, silent: true })
      shownBefore?.addEventListener('click', () => {
        shownBefore?.close()
        focus()
        opened()
      })
    },
    leave,
    askLeave: async () => (leave() === 'none' ? 'none' : Notification.requestPermission()),
    alone: async (work) =>
      navigator.locks ? navigator.locks.request('ahlan.alert', async () => work()) : work(),
  }
}

const leave = (): Leave => (typeof Notification === 'undefined' ? 'none' : Notification.permission)

/** Some browsers of phones have the name alone, and throw. */
function notification(title: string, options: NotificationOptions): Notification | null {
  try {
    return new Notification(title, options)
  } catch {
    return null
  }
}

function play(audio: AudioContext, tones: readonly number[]): void {
  void audio.resume()
  for (const [index, frequency] of tones.entries()) {
    const from = audio.currentTime + index * toneSeconds
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(loudness, from)
    volume.gain.exponentialRampToValueAtTime(0.001, from + toneSeconds)
    tone.connect(volume).connect(audio.destination)
    tone.start(from)
    tone.stop(from + toneSeconds)
  }
}
