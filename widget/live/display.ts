import type { InviteId } from '../../shared/ids.ts'
import type { Invitation } from '../../shared/invitation.ts'
import { times } from '../../shared/limits.ts'
import { isRetryable } from '../../shared/result.ts'
import { Bubble } from './bubble.ts'
import { deedsOf } from './deeds.ts'
import { elements } from './elements.ts'
import type { Banner } from './offers/banner.ts'
import { openInvited } from './opening.ts'
import type { ProactiveOptions } from './proactive-options.ts'

/** A region that is filled as it appears is not read aloud. */
const regionSettles = 100

/** Shows the invitation that stands, each as its rule says, and tells what becomes of it. */
export class Display {
  #options
  #bubble
  #offers: typeof import('./offers.ts') | undefined
  #banner: Banner | undefined
  #deeds
  /** Of the invitation that opened the panel by itself. */
  #opening: { id: InviteId; stood: boolean } | null = null
  #told = new Set<string>()
  #watched: { id: InviteId; stop(): void } | null = null

  constructor(options: ProactiveOptions) {
    this.#options = options
    this.#deeds = deedsOf(options, this)
    this.#bubble = new Bubble(options.host, { ...this.#deeds, after: options.after })
  }

  /** One that a rule of this page has just won, and not another tab or an earlier page. */
  won(invitation: Invitation): void {
    const { host, store } = this.#options
    const opens = invitation.action?.kind === 'open' && host.state === 'closed'
    if (opens) this.#opening = { id: invitation.inviteId, stood: false }
    store.apply({ type: 'invitation', invitation })
    if (opens) this.#open(invitation.inviteId)
  }

  async paint(): Promise<void> {
    const { host, store } = this.#options
    const { invitation } = store.get()
    const open = host.state === 'open'
    if (this.#opening && this.#opening.id === invitation?.inviteId) return this.#opened(this.#opening, open)
    // It stands in the panel, which the visitor has opened.
    if (invitation && open) this.tell('invite:opened', invitation.inviteId)
    if (!invitation || open) return this.#hide(open)
    const isBanner = invitation.action?.kind === 'banner'
    if (!isBanner) this.#bubble.prepare()
    await this.#show(invitation)
  }

  /** Said once, and again until the server has heard it or will not have it. */
  tell(name: 'invite:seen' | 'invite:opened', inviteId: InviteId): void {
    const { ask, after, store } = this.#options
    if (this.#told.has(name + inviteId)) return
    this.#told.add(name + inviteId)
    ask(name, { inviteId }).then((said) => {
      if (said.ok || !isRetryable(said.error.code)) return
      this.#told.delete(name + inviteId)
      after(times.retryMost, () => store.get().invitation?.inviteId === inviteId && this.tell(name, inviteId))
    })
  }

  farewell(text: string): void {
    this.#bubble.farewell(text)
  }

  stop(): void {
    this.#watched?.stop()
    this.#bubble.stop()
    this.#banner?.hide()
  }

  async #show(invitation: Invitation): Promise<void> {
    const { host, store, language, after } = this.#options
    const { action } = invitation
    const [words] = await Promise.all([
      language(),
      new Promise<void>((settled) => after(regionSettles, settled)),
      action && action.kind !== 'open' && this.#load(),
    ])
    if (store.get().invitation !== invitation || host.state === 'open' || host.gone.aborted) return
    const parts = { language: words, deeds: this.#deeds, elements }
    if (action?.kind === 'banner' && this.#banner) {
      this.#bubble.hide(false)
      this.#banner.show(invitation, action, parts)
    } else {
      this.#banner?.hide()
      this.#bubble.show(invitation, words, action && this.#offers?.below(action, parts))
    }
    this.#watch(invitation.inviteId, this.#banner?.bar.isConnected ? this.#banner.bar : this.#bubble.card)
  }

  /** What there is besides the bubble is downloaded with the first rule that uses it. */
  async #load(): Promise<void> {
    const { host } = this.#options
    this.#offers ??= await host.load(() => import('./offers.ts'))
    this.#banner ??= new this.#offers.Banner(host, elements)
  }

  #hide(open: boolean): void {
    this.#watched?.stop()
    this.#watched = null
    this.#bubble.hide(open)
    this.#banner?.hide()
  }

  #watch(id: InviteId, shown: HTMLElement): void {
    if (this.#watched?.id === id) return
    this.#watched?.stop()
    this.#watched = { id, stop: whenSeen(shown, () => this.tell('invite:seen', id)) }
  }

  async #open(id: InviteId): Promise<void> {
    if (await openInvited(this.#options)) this.tell('invite:seen', id)
    else {
      this.#opening = null
      await this.paint()
    }
  }

  /** Who closes what opened by itself has seen it: it does not come again as a bubble. */
  #opened(opening: { stood: boolean }, open: boolean): void {
    this.#hide(open)
    const closed = opening.stood && !open
    opening.stood = open
    if (closed) this.#options.dismiss()
  }
}

/** Calls `seen` once half of it is on the screen of a page that is looked at. The returned function stops it. */
function whenSeen(shown: HTMLElement, seen: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (document.visibilityState !== 'visible' || !entries.some((one) => one.isIntersecting)) return
      observer.disconnect()
      seen()
    },
    { threshold: 0.5 },
  )
  observer.observe(shown)
  return () => observer.disconnect()
}
