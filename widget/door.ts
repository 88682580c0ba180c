import { furnish } from './page/furnish.ts'
import type { Host, Live, Page } from './page/host.ts'
import { keep } from './page/keep.ts'

/** The first report is under way: its answer makes the launcher, and more where that is of use before a click. */
export async function begin(page: Page): Promise<void> {
  const host = hostOf(page)
  await takeAnswer(host)
  if (host.gone.aborted) return
  host.started = true
  host.draw()
  host.emit('ready')
  const { held } = host.memory
  if (host.answer?.live || held?.talking || held?.open) await live(host)
  // It stood open on the page before: there again, but without taking the focus.
  if (held?.open && host.device === 'desktop') await host.run('open', 'restored')
}

/** Does one command of the page. Nothing here throws; what cannot be done is said once in the console. */
export async function run(page: Page, command: string, values: unknown[]): Promise<void> {
  const host = hostOf(page)
  if (host.gone.aborted) return
  try {
    if (command === 'open' || command === 'prepare') await own[command](host, values[0])
    else await (await import('./page/api.ts')).runCommand({ host, live }, command, values)
  } catch (error) {
    console.warn(`Ahlan: ${command}: ${error}`)
  }
}

/** What a click does; the other commands are downloaded with the first of them. */
const own = {
  /** Downloads all that a click will need. */
  async prepare(host: Host) {
    const [{ loadLanguage }] = await Promise.all([import('./live.ts'), import('./chat.tsx')])
    await loadLanguage(host.settings.locale)
  },
  /** Shows the panel. Its visitor is remembered from now on. */
  async open(host: Host, view: unknown) {
    keep(host)
    const [{ start }, { mount }] = await Promise.all([import('./live.ts'), import('./chat.tsx')])
    if (host.gone.aborted) return
    host.chat ??= mount(host, start(host))
    host.chat.open(view)
  },
}

const hostOf = (page: Page): Host => furnish(page, (command, ...values) => run(page, command, values))

async function takeAnswer(host: Host): Promise<void> {
  try {
    const answer = await host.told
    host.online = answer?.site.online ?? false
    host.answer = answer
  } catch (error) {
    host.emit('error', error)
  }
}

async function live(host: Host): Promise<Live> {
  const { start } = await import('./live.ts')
  return start(host)
}
