import type { Proactive, Proactivity } from './proactive.ts'

/** Rules and invitations are not every site's: what lets them speak is downloaded where there are some. */
export function watchInvitations(options: Proactivity) {
  const { host, store } = options
  let loading: Promise<Proactive> | undefined
  let stopped = false

  async function load(): Promise<Proactive> {
    const { letRulesSpeak } = await host.load(() => import('./proactive.ts'))
    const made = letRulesSpeak(options)
    if (stopped) made.stop()
    return made
  }
  function all(): Promise<Proactive> {
    loading ??= load()
    return loading
  }
  const unsubscribe = store.subscribe(({ rules, invitation }) => {
    if (rules.length > 0 || invitation) all()
  })
  return {
    /** The panel was opened or closed, or language or theme has changed. */
    repaint: () => loading?.then((loaded) => loaded.repaint()),
    /** The rest of it, downloaded by now or from now on. */
    all,
    stop() {
      stopped = true
      unsubscribe()
      loading?.then((loaded) => loaded.stop())
    },
  }
}
