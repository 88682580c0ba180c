import * as v from 'valibot'
import type { Command } from '../../../shared/conversation/decide.ts'
import type { Author, PageReference, Rating } from '../../../shared/conversation/entry.ts'
import { ClientId } from '../../../shared/ids.ts'
import type { Locale } from '../../../shared/locale.ts'
import type { Chance } from './chance.ts'
import { comments, commentsFor } from './dialogues.ts'

export const second = 1_000
export const minute = 60 * second

/** What visitors were told of the wait. */
const promisedMs = 3 * minute

export type AgentAuthor = Extract<Author, { kind: 'agent' }>

/** How a conversation goes. The last two kinds are still going on. */
export type Course = 'answered' | 'slow' | 'unanswered' | 'waiting' | 'talking'

export interface SpokenSetting {
  chance: Chance
  course: Course
  start: number
  agent: AgentAuthor
  visitor: Author
  page: PageReference | undefined
}

/** The commands of one conversation, as they are said. */
export class Spoken {
  readonly commands: { at: number; command: Command }[] = []
  #at: number
  #waited: number | null = null
  readonly #said = { visitor: 0, agent: 0 }

  constructor(private readonly setting: SpokenSetting) {
    this.#at = setting.start
  }

  through(lines: readonly string[], locale: Locale): void {
    const { course, chance } = this.setting
    const heard = { unanswered: 2, waiting: 2, talking: 3, slow: 99, answered: 99 }[course]
    let before = 'v'
    for (const line of lines.slice(0, heard)) {
      const by = line.charAt(0)
      if (by === 'a' && (course === 'unanswered' || course === 'waiting')) continue
      this.#at += by === 'a' ? this.#thinking(before) : chance.around(25 * second)
      if (by === 'a') this.#waited ??= this.#at - this.setting.start
      this.#said[by === 'a' ? 'agent' : 'visitor']++
      this.#say(by === 'a' ? this.setting.agent : this.setting.visitor, line.slice(2))
      before = by
    }
    if (course === 'waiting' || course === 'talking') return
    this.#end(locale)
  }

  /** The first answer takes longest; a second message in a row comes soon. */
  #thinking(before: string): number {
    const { course, chance } = this.setting
    if (before === 'a') return chance.around(35 * second)
    return course === 'slow' ? chance.around(26 * minute) : chance.around(70 * second)
  }

  #say(author: Author, text: string): void {
    const page = author.kind === 'visitor' && this.setting.page ? { page: this.setting.page } : {}
    const what = { text, note: false, promised: promisedMs, ...page }
    this.#do({ type: 'message', author, clientId: uuid(this.setting.chance), ...what })
  }

  #end(locale: Locale): void {
    const { chance, course } = this.setting
    this.#at += course === 'unanswered' ? chance.around(50 * minute) : chance.around(3 * minute)
    const inactive = course === 'unanswered' || chance.happens(0.15)
    const by = inactive ? ({ kind: 'system' } as const) : this.setting.agent
    this.#do({ type: 'close', by, reason: inactive ? 'inactive' : 'agent', surveyLocked: false })
    if (this.#said.visitor >= 2 && this.#said.agent >= 1) this.#survey(locale)
  }

  #survey(locale: Locale): void {
    const { chance } = this.setting
    if (!chance.happens(0.85)) return
    this.#at += 2 * second
    this.#do({ type: 'showSurvey' })
    this.#at += chance.around(20 * second)
    if (chance.happens(0.14)) this.#do({ type: 'skipSurvey' })
    else if (chance.happens(0.72)) this.#rate(locale)
  }

  /** Who waited long is harder to please. */
  #rate(locale: Locale): void {
    const { chance } = this.setting
    const long = (this.#waited ?? 0) > 10 * minute
    const rating = chance.pick<Rating>(long ? [1, 2, 2, 3, 3, 4, 5] : [5, 5, 5, 5, 4, 4, 4, 3, 2])
    const comment = chance.happens(0.4) ? chance.pick(comments[locale][commentsFor(rating)]) : ''
    this.#do({ type: 'rate', rating, comment })
  }

  #do(command: Command): void {
    this.commands.push({ at: this.#at, command })
  }
}

function uuid(chance: Chance): ClientId {
  const hex = Buffer.from(chance.bytes(16)).toString('hex')
  return v.parse(ClientId, hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'))
}
