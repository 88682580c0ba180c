import type { Invitation } from '../../shared/protocol.ts'
import type { Host } from '../page/host.ts'
import { addSheet } from '../page/launcher.ts'
import { accentOf, isDark } from '../page/theme.ts'
import type { Language } from '../ui/language.ts'
import css from './bubble.css'
import { action, element, own } from './elements.ts'

export type Bubble = ReturnType<typeof createBubble>

export interface BubbleOptions {
  reply(): void
  dismiss(): void
  after(ms: number, run: () => void): () => void
}

/** What there is below the text, instead of Reply and Dismiss. */
export type Below = (text: HTMLElement) => HTMLElement

const farewellLasts = 4_000

/** The proactive message: a small card by the launcher that never takes the focus. */
export function createBubble(host: Host, { reply, dismiss, after }: BubbleOptions) {
  const region = element('div', 'invites')
  region.role = 'status'
  // Of what is asked below a text only what changes is told, not all of it again.
  region.ariaAtomic = 'false'
  const card = element('div', 'invite')
  let shown = ''
  let leaving: (() => void) | null = null

  /** The region stands in the page before its content, so that the content is announced. */
  function prepare(): void {
    region.hidden = false
    if (region.isConnected) return
    addSheet(host.root(), css)
    host.root().append(region)
  }

  function show(invitation: Invitation, language: Language, below?: Below): void {
    leaving?.()
    leaving = null
    const { accent, onAccent } = accentOf(host)
    region.className = `invites on-${host.settings.side ?? host.answer?.site.side}`
    card.className = `invite ${isDark(host) ? 'dark' : ''}`
    card.style.setProperty('--accent', accent)
    card.style.setProperty('--on-accent', onAccent)
    const showing = invitation.inviteId + language.locale
    // Filled again it would be announced again.
    if (shown !== showing) fill(invitation, language, below)
    shown = showing
    if (!card.isConnected) region.append(card)
  }

  function fill(
    { from, text }: Invitation,
    language: Language,
    below: Below = () => choices(language),
  ): void {
    const said = own('p', 'say', text)
    said.id = 'ahlan-say'
    const rest = below(said)
    rest.lang = language.locale
    rest.dir = language.dir
    card.replaceChildren(fromLine(from), said, rest)
    card.ariaLabel = language.texts.messageFrom.replace('{name}', () => from)
  }

  function choices({ texts }: Language): HTMLElement {
    const row = element('div', 'choices')
    row.append(action('reply', texts.reply, reply), action('dismiss', texts.dismiss, dismiss))
    return row
  }

  return {
    card,
    prepare,
    show,
    /** With the panel open there is nothing to announce here. */
    hide(panelOpen: boolean) {
      if (!leaving || panelOpen) card.remove()
      region.hidden = panelOpen
    },
    /** A last word for a moment, where the text stood. */
    farewell(text: string) {
      card.replaceChildren(own('p', 'say', text))
      shown = ''
      leaving = after(farewellLasts, () => {
        leaving = null
        card.remove()
      })
    },
    stop: () => region.remove(),
  }
}

/** Stands where the card's language begins, whatever script the name is in. */
function fromLine(name: string): HTMLElement {
  const line = element('div', 'from')
  line.append(own('bdi', '', name))
  return line
}
