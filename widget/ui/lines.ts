import type { Entry, EntryOf } from '../../shared/conversation/entry.ts'
import type { ClientId } from '../../shared/ids.ts'
import type { Failure } from '../../shared/result.ts'
import { deliveryState, type Pending, type Timeline } from '../../shared/timeline.ts'
import type { Language } from './language.ts'

export type MessageState = 'queued' | 'sending' | 'sent' | 'delivered' | 'seen'

export interface Said {
  key: string
  text: string
  state: MessageState | null
  files: Pending['files'] | EntryOf<'message'>['files']
}

/** Messages of one side, one after another. Time and state below them are those of the last. */
export interface Group {
  kind: 'group'
  key: string
  side: 'own' | 'other'
  author: string
  said: Said[]
  at: number
  state: MessageState | null
}

/** What stands in the log, from top to bottom. */
export type Line =
  | { kind: 'day'; key: string; text: string }
  /** `{name}` in the text stands for `name`. */
  | { kind: 'event'; key: string; text: string; name: string }
  | Group
  | { kind: 'failed'; key: string; clientId: ClientId; text: string; files: Pending['files']; error: Failure }

/** Messages further apart than this (ms) begin a new group. */
const groupWithin = 5 * 60_000

/** The log of a conversation as lines to draw. `now` says which day is today. */
export function linesOf(timeline: Timeline, language: Language, now: number): Line[] {
  const facts = [
    ...timeline.entries.flatMap((entry) => lineOfEntry(entry, timeline, language)),
    ...timeline.pending.map(lineOfPending),
  ]
  return withDays(grouped(facts), language, now)
}

type Dated = Line & { at: number }

function lineOfEntry(entry: Entry, timeline: Timeline, language: Language): Dated[] {
  const { seq, at } = entry
  if (entry.kind !== 'message') {
    const event = eventOf(entry, language)
    return event ? [{ kind: 'event', key: `${seq}`, at, name: '', ...event }] : []
  }
  const own = entry.author.kind === 'visitor'
  const key = entry.clientId ?? `${seq}`
  const state = own ? deliveryState(entry, timeline.receipts.agents) : null
  return [
    {
      kind: 'group',
      key,
      side: own ? 'own' : 'other',
      author: 'name' in entry.author ? entry.author.name : '',
      said: [{ key, text: entry.text, state, files: entry.files }],
      at,
      state,
    },
  ]
}

function lineOfPending({ clientId, text, files, writtenAt: at, state }: Pending): Dated {
  const key = clientId
  if (state.name === 'notSent') return { kind: 'failed', key, clientId, text, files, at, error: state.error }
  const said = [{ key, text, files, state: state.name }]
  return { kind: 'group', key, side: 'own', author: '', said, at, state: state.name }
}

function grouped(lines: Dated[]): Dated[] {
  const groups: Dated[] = []
  for (const line of lines) {
    const last = groups.at(-1)
    if (last && line.kind === 'group' && belongs(line, last))
      groups[groups.length - 1] = {
        ...last,
        said: [...last.said, ...line.said],
        at: line.at,
        state: line.state,
      }
    else groups.push(line)
  }
  return groups
}

const belongs = (line: Group, last: Dated): last is Group =>
  last.kind === 'group' &&
  last.side === line.side &&
  last.author === line.author &&
  isOnItsWay(last) === isOnItsWay(line) &&
  line.at - last.at < groupWithin

/** What the server has not confirmed says so for itself, beside what it has. */
const isOnItsWay = ({ state }: Group): boolean => state === 'queued' || state === 'sending'

function withDays(lines: Dated[], language: Language, now: number): Line[] {
  let day = ''
  return lines.flatMap((line): Line[] => {
    const text = language.day(line.at, now)
    if (text === day) return [line]
    day = text
    return [{ kind: 'day', key: `day-${line.key}`, text }, line]
  })
}

function eventOf(entry: Entry, { texts }: Language): { text: string; name?: string } | null {
  switch (entry.kind) {
    case 'assigned':
      return { text: texts.joined, name: entry.agent.name }
    case 'unassigned':
      return { text: texts.left }
    case 'closed':
      if (entry.reason === 'inactive') return { text: texts.inactiveClosed }
      return 'name' in entry.by
        ? { text: texts.agentClosed, name: entry.by.name }
        : { text: texts.visitorClosed }
    case 'reopened':
      return { text: texts.reopened }
    default:
      return null
  }
}
