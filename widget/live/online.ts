import type { Store } from '../state/store.ts'

/** Resolves once there is a connection. */
export function online(store: Store): Promise<void> {
  return new Promise((resolve) => {
    if (store.get().connection === 'online') return resolve()
    const stop = store.subscribe((now) => {
      if (now.connection !== 'online') return
      stop()
      resolve()
    })
  })
}
