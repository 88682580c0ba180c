import { loadLanguage, start } from './live.ts'
import type { Host } from './page/host.ts'
import { keep } from './page/keep.ts'
import { followOtherTabs } from './page/other-tabs.ts'

/** Does one command of the page. Nothing here throws; what cannot be done is said once in the console. */
export async function run(host: Host, command: string, values: unknown[]): Promise<void> {
  if (host.gone.aborted) return
  try {
    await followOtherTabs(host)
    if (command === 'start' || command === 'open' || command === 'prepare')
      await own[command](host, values[0])
    else await (await import('./page/api.ts')).runCommand({ host, live: start }, command, values)
  } catch (error) {
    console.warn(`Ahlan: ${command}: ${error}`)
  }
}

/** What a click does, and what is done without one. The other commands are downloaded with the first of them. */
const own = {
  /** Connects, where the socket is of use before anybody asks. */
  async start(host: Host) {
    start(host)
    // It stood open on the page before: there again, but without taking the focus.
    if (host.memory.held?.open && host.device === 'desktop') await host.run('open', 'restored')
  },
  /** Downloads all that a click will need. */
  async prepare(host: Host) {
    await Promise.all([import('./chat.tsx'), loadLanguage(host.settings.locale)])
  },
  /** Shows the panel. Its visitor is remembered from now on. */
  async open(host: Host, view: unknown) {
    keep(host)
    const { mount } = await import('./chat.tsx')
    if (host.gone.aborted) return
    host.chat ??= mount(host, start(host))
    host.chat.open(view)
  },
}
