import type { Proactive, ProactiveOptions } from './proactive.ts'

/** Rules and invitations are not every site's: what lets them speak is downloaded where there are some. */
export function watchInvitations(options: ProactiveOptions) {
  const { host, store } = options
  let loading: Promise<Proactive> | undefined
  let stopped = false

  async function load(): Promise<Proactive> {
    const { letRulesSpeak } = await host.load(() => import('./proactive.ts'))
    const made = letRulesSpeak(options)
    if (stopped) made.stop()
    return made
  }
  const unsubscribe = store.subscribe(({ rules, invitation }) => {
    if (loading || (!rules.length && !invitation)) return
    loading = load()
  })
  return {
    repaint: () => loading?.then((loaded) => loaded.repaint()),
    dismiss: (ruleId?: unknown) => loading?.then((loaded) => loaded.dismiss(ruleId)),
    seen: async () => (await loading)?.seen() ?? {},
    stop() {
      stopped = true
      unsubscribe()
      loading?.then((loaded) => loaded.stop())
    },
  }
}
