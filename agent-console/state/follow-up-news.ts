import type { FollowUpId, ToldFollowUp } from '../../shared/follow-up.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { Link } from '../connection/link.ts'
import { createStore } from './store.ts'

export type HeardFollowUps = ReadonlyMap<FollowUpId, ToldFollowUp>

/** What was said of follow-ups since the last break: it is later than any list that was asked for before. */
export class FollowUpNews {
  readonly heard = createStore<HeardFollowUps>(new Map())

  constructor(link: Pick<Link, 'on'>) {
    link.on('follow-ups:changed', ({ followUps }) => this.#hear(followUps))
  }

  /** What the server answered to a change of `id`, unless more has been heard of it since `before`. */
  answered(id: FollowUpId, before: ToldFollowUp | undefined, answer: ToldFollowUp): void {
    if (this.heard.get().get(id) === before) this.#hear([answer])
  }

  /** News may have been missed: lists are asked for anew. */
  forget(): void {
    this.heard.set(new Map())
  }

  erased(ids: readonly ConversationId[]): void {
    const gone = new Set(ids)
    this.heard.update((heard) => new Map([...heard].filter(([, one]) => !gone.has(one.conversationId))))
  }

  #hear(followUps: readonly ToldFollowUp[]): void {
    this.heard.update((heard) => new Map([...heard, ...followUps.map((one) => [one.id, one] as const)]))
  }
}
