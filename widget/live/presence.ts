import { times } from '../../shared/limits.ts'

const signs = ['pointerdown', 'keydown', 'scroll', 'focus'] as const

/** Tells when somebody is there and when nobody has been for a while. The returned function stops it. */
export function watchPresence(changed: (state: 'active' | 'idle') => void): () => void {
  let state: 'active' | 'idle' = 'active'
  let timer: ReturnType<typeof setTimeout> | undefined
  const become = (next: typeof state) => {
    if (next !== state) changed(next)
    state = next
  }
  const sign = () => {
    clearTimeout(timer)
    timer = setTimeout(() => become('idle'), times.visitorIdle)
    become('active')
  }
  for (const one of signs) addEventListener(one, sign, { passive: true, capture: true })
  sign()
  return () => {
    clearTimeout(timer)
    for (const one of signs) removeEventListener(one, sign, { capture: true })
  }
}
