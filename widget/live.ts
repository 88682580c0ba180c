import { findLetters, openLetterBox } from './connection/letter-box.ts'
import type { Ask, Link } from './connection/link.ts'
import { announceChanges } from './live/announce.ts'
import type { Client } from './live/client.ts'
import type { CommandedParts, Commands } from './live/commands.ts'
import { watchInvitations } from './live/invitations.ts'
import { createMail } from './live/mail.ts'
import { callNeighbours, watchNeighbours } from './live/neighbours.ts'
import { watchPresence } from './live/presence.ts'
import { conversationRequests, createReceipts } from './live/requests.ts'
import { openSession } from './live/session.ts'
import { rememberTalk, showUnread } from './live/unread.ts'
import { keepVisitor, takeView, watchWaking } from './live/visitor.ts'
import { after } from './page/after.ts'
import { isBuried } from './page/grave.ts'
import type { Host } from './page/host.ts'
import { keep, memoryKey } from './page/keep.ts'
import { mint } from './page/settings.ts'
import { createStore, type Store } from './state/store.ts'
import { loadLanguage } from './ui/language.ts'

export { loadLanguage }

let client: Client | undefined

/**
 * A browser that is killed loses what was remembered in its last seconds, but no letter: the name of its box
 * tells whose it is.
 */
export async function recall(host: Host): Promise<void> {
  if (host.memory.held) return
  const token = await findLetters(`${memoryKey(host)}:`, isBuried).catch(() => null)
  if (token && !host.memory.held) keep(host, { token: mint(token) })
}

/** The socket and everything that lives beside it, made when first asked for. */
export function start(host: Host): Client {
  if (client && host.live === client) return client
  host.live = client = openClient(host)
  return client
}

function openClient(host: Host): Client {
  const store = createStore()
  const language = () => host.load(() => loadLanguage(host.settings.locale))
  const link = openSession(host, store, () => {
    mail.flush()
    callNeighbours(host)
  })
  const mail = createMail({ host, store, ask: link.ask, openBox: openLetterBox })
  const receipts = createReceipts(store, link.ask)
  const telling = startTelling(host, link)
  const proactive = watchInvitations({
    ...{ host, store, language, after, ask: link.ask },
    client: () => client,
    usage: telling.usage,
  })
  const commands = lazyCommands({
    ...{ host, store, ask: link.ask, proactive: proactive.all },
    client: () => client,
  })
  const undo = [
    followState(host, { store, language }, receipts.receiveAll),
    watchPresence((state) => link.ask('presence:set', { state })),
    watchWaking(link, mail),
    watchNeighbours(host, link, mail),
    telling.stop,
    proactive.stop,
    commands.stop,
    mail.stop,
    link.sleep,
  ]
  const client: Client = {
    ...{ store, language, look: receipts.look },
    ...mail,
    ...conversationRequests(store, link.ask),
    lookBack: lookingBack(host, store, link.ask),
    keep: () => keepVisitor(host, store, link),
    repaint: proactive.repaint,
    run: commands.run,
    takeView: () => takeView(host, store, link),
    refresh() {
      showUnread(host, store.get(), language)
      keepVisitor(host, store, link)
      proactive.repaint()
    },
    stop: () => undo.map((end) => end()),
  }
  if (host.gone.aborted) client.stop()
  host.gone.addEventListener('abort', client.stop)
  return client
}

/** How pages are used is counted by a part of its own. */
function startTelling(host: Host, link: Link) {
  const telling = host.load(() => import('./live/telling.ts')).then((part) => part.tell(host, link))
  return {
    usage: telling.then((told) => told?.usage),
    stop: () => telling.then((told) => told?.stop()),
  }
}

/** Downloaded where somebody scrolls up. */
const lookingBack =
  (host: Host, store: Store, ask: Ask): Client['lookBack'] =>
  async (place) =>
    (await host.load(() => import('./live/older.ts'))).fetchOlder({ store, ask }, place)

/** What the page hears, the launcher shows and the device remembers of each change. */
function followState(host: Host, { store, language }: Pick<Client, 'store' | 'language'>, told: () => void) {
  return store.subscribe((now, before) => {
    announceChanges(host, now, before)
    showUnread(host, now, language)
    rememberTalk(host, now)
    told()
  })
}

/** Downloaded with the first command that is given. */
function lazyCommands(needs: CommandedParts) {
  let commands: Promise<Commands> | undefined
  return {
    async run(command: string, values: unknown[]) {
      commands ??= needs.host.load(() => loadCommands(needs))
      return (await commands).run(command, values)
    },
    stop: () => commands?.then((made) => made.stop()),
  }
}

async function loadCommands(needs: CommandedParts): Promise<Commands> {
  const { createCommands } = await import('./live/commands.ts')
  return createCommands(needs)
}
