import type { Host } from '../page/host.ts'
import { keep } from '../page/keep.ts'
import { addSheet } from '../page/launcher.ts'
import { latestFirst, unreadTotal, type WidgetState } from '../state/state.ts'
import type { Language } from '../ui/language.ts'
import css from './unread.css'

const sheeted = new WeakSet<Host>()

/** Brings the launcher's count and name to what is unread. */
export async function showUnread(
  host: Host,
  state: WidgetState,
  language: () => Promise<Language>,
): Promise<void> {
  const unread = unreadTotal(state)
  const changed = unread !== host.unread
  host.unread = unread
  host.visitorId = latestFirst(state)[0]?.visitorId ?? state.visitorId
  host.online = state.site?.online ?? host.online
  takeSite(host, state)
  if (!changed && !unread) return
  if (!sheeted.has(host) && host.button) addSheet(host.root(), css)
  if (host.button) sheeted.add(host)
  const { texts, plural, number } = await language()
  if (host.unread !== unread) return
  host.label = unread ? plural(texts.openChatUnread, unread) : undefined
  host.draw()
  if (unread) host.button?.setAttribute('data-unread', number(unread))
  else host.button?.removeAttribute('data-unread')
}

/** What the owner changes is seen at once. */
function takeSite(host: Host, { site }: WidgetState): void {
  if (!site || host.answer?.site === site) return
  host.answer = { live: true, openChat: 'Open chat', ...host.answer, site }
  host.draw()
}

/** On the next page a socket is worth its while only if something waits to be sent or somebody may still answer. */
export function rememberTalk(host: Host, state: WidgetState): void {
  const { held } = host.memory
  const waits = [...state.timelines.values()].some(({ pending }) => pending.length > 0)
  const talking = waits || latestFirst(state).some((one) => one.status === 'open') || unreadTotal(state) > 0
  // Before the first snapshot only one's own message is known.
  if (held && (waits || state.epoch !== null) && Boolean(held.talking) !== talking) keep(host, { talking })
}
