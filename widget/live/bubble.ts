import type { Invitation } from '../../shared/protocol.ts'
import type { Host } from '../page/host.ts'
import { addSheet } from '../page/launcher.ts'
import { accentOf, isDark } from '../page/theme.ts'
import type { Language } from '../ui/language.ts'
import css from './bubble.css'

export type Bubble = ReturnType<typeof createBubble>

export interface BubbleOptions {
  reply(invitation: Invitation): void
  dismiss(invitation: Invitation): void
}

/** The proactive message: a small card by the launcher that never takes the focus. */
export function createBubble(host: Host, { reply, dismiss }: BubbleOptions) {
  const region = element('div', 'invites')
  region.role = 'status'
  const card = element('div', 'invite')
  let shown = ''

  /** The region stands in the page before its content, so that the content is announced. */
  function prepare(): void {
    region.hidden = false
    if (region.isConnected) return
    addSheet(host.root(), css)
    host.root().append(region)
  }

  function show(invitation: Invitation, language: Language): void {
    const { accent, onAccent } = accentOf(host)
    region.className = `invites on-${host.settings.side ?? host.answer?.site.side}`
    card.className = `invite ${isDark(host) ? 'dark' : ''}`
    card.style.setProperty('--accent', accent)
    card.style.setProperty('--on-accent', onAccent)
    const showing = invitation.inviteId + language.locale
    // Filled again it would be announced again.
    if (shown !== showing) fill(invitation, language)
    shown = showing
    if (!card.isConnected) region.append(card)
  }

  function fill(invitation: Invitation, { texts, locale, dir }: Language): void {
    const choices = element('div', 'choices')
    choices.append(
      action('reply', texts.reply, () => reply(invitation)),
      action('dismiss', texts.dismiss, () => dismiss(invitation)),
    )
    choices.lang = locale
    choices.dir = dir
    card.replaceChildren(from(invitation.from), own('p', 'say', invitation.text), choices)
    card.ariaLabel = texts.messageFrom.replace('{name}', () => invitation.from)
  }

  return {
    prepare,
    show,
    /** With the panel open there is nothing to announce here. */
    hide(panelOpen: boolean) {
      card.remove()
      region.hidden = panelOpen
    },
    stop: () => region.remove(),
  }
}

/** Stands where the card's language begins, whatever script the name is in. */
function from(name: string): HTMLElement {
  const line = element('div', 'from')
  line.append(own('bdi', '', name))
  return line
}

/** What somebody wrote keeps its own direction. */
function own(tag: string, className: string, text: string): HTMLElement {
  const made = element(tag, className)
  made.dir = 'auto'
  made.textContent = text
  return made
}

function action(className: string, label: string, run: () => void): HTMLElement {
  const button = element('button', className)
  button.textContent = label
  button.onclick = run
  return button
}

function element(tag: string, className: string): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  return made
}
