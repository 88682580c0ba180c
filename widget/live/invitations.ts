import type { Proactive, ProactiveOptions } from './proactive.ts'

/** Rules and invitations are not every site's: what lets them speak is downloaded where there are some. */
export function watchInvitations(options: ProactiveOptions): Proactive {
  const { host, store } = options
  let loading: Promise<Proactive> | undefined
  let stopped = false

  async function load(): Promise<Proactive> {
    const { letRulesSpeak } = await import('./proactive.ts')
    const made = letRulesSpeak(options)
    if (stopped) made.stop()
    return made
  }
  const unsubscribe = store.subscribe(({ rules, invitation }) => {
    if (loading || (!rules.length && !invitation)) return
    loading = load()
    loading.catch((error) => host.emit('error', error))
  })
  const use = (act: (loaded: Proactive) => void): void => {
    // Whether it could be loaded was told already.
    loading?.then(act, () => undefined)
  }
  return {
    repaint: () => use((loaded) => loaded.repaint()),
    stop() {
      stopped = true
      unsubscribe()
      use((loaded) => loaded.stop())
    },
  }
}
