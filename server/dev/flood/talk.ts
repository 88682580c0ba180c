import * as v from 'valibot'
import type {
  Author,
  CloseReason,
  Entry,
  EntryBody,
  PageReference,
  Rating,
} from '../../../shared/conversation/entry.ts'
import { ClientId, makeId, type RuleId, type VisitorId } from '../../../shared/ids.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { Chance } from '../../demo/seeding/chance.ts'
import { comments, commentsFor } from '../../demo/seeding/dialogues.ts'
import type { AgentAuthor } from '../../demo/seeding/spoken.ts'

/** The entries of one conversation as they come about, as the rules of a conversation would have added them. */
export class Talk {
  readonly entries: Entry[] = []
  #owner: string | null = null
  readonly #said = { visitor: 0, agent: 0 }
  #replier: AgentAuthor | null = null
  readonly #visitor: Author

  constructor(
    private readonly chance: Chance,
    visitorId: VisitorId,
    public at: number,
  ) {
    this.#visitor = { kind: 'visitor', id: visitorId }
  }

  invite(ruleId: RuleId, text: string): void {
    const inviteId = makeId('i', this.at, this.chance.bytes(10))
    const invitation = { ruleId, inviteId }
    const author = { kind: 'bot', name: 'Flood' } as const
    this.#add({
      kind: 'message',
      author,
      text,
      clientId: null,
      auto: true,
      visibility: 'visible',
      invitation,
    })
  }

  ask(text: string, page: PageReference): void {
    this.#said.visitor++
    this.#say(this.#visitor, text, { page })
  }

  answer(agent: AgentAuthor, text: string): void {
    if (this.#owner === null) this.assign(agent, agent)
    this.#said.agent++
    this.#replier = agent
    this.#say(agent, text)
  }

  note(agent: AgentAuthor, text: string): void {
    this.#say(agent, text, { visibility: 'note' })
  }

  assign(agent: AgentAuthor, by: Author): void {
    this.#owner = agent.id
    this.#add({ kind: 'assigned', agent: { id: agent.id, name: agent.name }, by })
  }

  close(by: AgentAuthor | null, reason: CloseReason): void {
    const survey = this.#said.agent >= 1 && this.#said.visitor >= 2
    this.#add({ kind: 'closed', by: by ?? { kind: 'system' }, reason, survey })
    if (survey && this.chance.happens(0.85)) this.#survey()
  }

  reopen(): void {
    this.#said.visitor = 0
    this.#said.agent = 0
    this.#add({ kind: 'reopened', by: this.#visitor })
  }

  leave(): void {
    this.#add({ kind: 'visitorLeft' })
  }

  #survey(): void {
    this.at += 2_000
    this.#add({ kind: 'surveyShown' })
    this.at += this.chance.around(20_000)
    if (this.chance.happens(0.14)) this.#add({ kind: 'surveySkipped' })
    else if (this.chance.happens(0.5)) this.#rate()
  }

  #rate(): void {
    const rating = this.chance.pick<Rating>([5, 5, 5, 5, 4, 4, 4, 3, 2, 1])
    const locale = this.chance.pick<Locale>(['en', 'fa', 'ar'])
    const comment = this.chance.happens(0.2) ? this.chance.pick(comments[locale][commentsFor(rating)]) : ''
    this.#add({ kind: 'rated', rating, comment, credited: this.#replier?.id ?? null })
  }

  #say(author: Author, text: string, more: { page?: PageReference; visibility?: 'note' } = {}): void {
    const clientId = clientIdOf(this.chance)
    this.#add({ kind: 'message', author, text, clientId, auto: false, visibility: 'visible', ...more })
  }

  #add(body: EntryBody): void {
    this.entries.push({ ...body, seq: this.entries.length + 1, at: this.at })
  }
}

const part = (chance: Chance): string =>
  Math.floor(chance.next() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')

function clientIdOf(chance: Chance): ClientId {
  const [a, b, c, d] = [part(chance), part(chance), part(chance), part(chance)]
  const text = `${a}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${d}`
  return v.parse(ClientId, text)
}
