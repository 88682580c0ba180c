import { loadLanguage, recall, start } from './live.ts'
import type { Host, Live } from './page/host.ts'
import { keep } from './page/keep.ts'
import { followOtherTabs } from './page/other-tabs.ts'
import { signOut } from './page/sign-out.ts'

/** Does one command of the page. Nothing here throws; what cannot be done is said once in the console. */
export async function run(host: Host, command: string, values: unknown[]): Promise<unknown> {
  if (host.gone.aborted) return
  try {
    await followOtherTabs(host)
    const act = Object.hasOwn(own, command) ? own[command] : undefined
    if (act) await act(host, values[0])
    else
      return await (await host.load(() => import('./page/api.ts'))).runCommand(
        { host, live },
        command,
        values,
      )
  } catch (error) {
    console.warn(`Ahlan: ${command}: ${error}`)
  }
}

/** What a click does, and what is done without one. The other commands are downloaded with the first of them. */
const own: Record<string, (host: Host, view: unknown) => Promise<void> | void> = {
  /** Connects, where the socket is of use before anybody asks. */
  async start(host) {
    await live(host)
    // It stood open on the page before: there again, but without taking the focus; on a phone it would cover the page.
    if (host.memory.held?.open && !/Mobi/.test(navigator.userAgent)) await host.run('open', 'restored')
  },
  /** Here, and not in a chunk of its own, since the server may be out of reach when somebody leaves. */
  shutdown: signOut,
  /** Downloads all that a click will need. */
  async prepare(host) {
    await host.load(() => Promise.all([import('./chat.tsx'), loadLanguage(host.settings.locale)]))
  },
  /** Shows the panel. Its visitor is remembered from now on. */
  async open(host, view) {
    const [{ mount }] = await Promise.all([host.load(() => import('./chat.tsx')), recall(host)])
    if (host.gone.aborted) return
    // What a rule opens nobody has asked for yet.
    if (view !== 'invited') keep(host, { opened: true })
    host.chat ??= mount(host, start(host))
    await host.chat.open(view)
  },
}

async function live(host: Host): Promise<Live> {
  await recall(host)
  return start(host)
}
