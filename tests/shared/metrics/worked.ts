import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { Aim, priorities } from '../../../shared/aims.ts'
import type { OfficeHours } from '../../../shared/calendar/hours.ts'
import { scheduleFields } from '../../../shared/calendar/hours.ts'
import type { Span } from '../../../shared/calendar/work-clock.ts'
import type { Entry, EntryBody } from '../../../shared/conversation/entry.ts'
import type { Target } from '../../../shared/targets.ts'
import { hour, inviteId, minute, omid, ruleId, sara, visitor } from '../story.ts'
import { assigned, bot, message } from './any-record.ts'

/** One worked example of the page. */
export interface Worked {
  title: string
  hours: string
  /** The hours of an agent’s team. */
  teams: Map<string, string>
  online: { name: string; span: Span }[]
  entries: Entry[]
  targets: Target[]
  now: number
  rows: Row[]
}

/** One measure, as the page has it: `firstResponse.agent Sara`, and what it comes to by each clock. */
export interface Row {
  episode: number
  measure: string
  wall: string
  business: string
  staffed: string
}

const page = readFileSync(new URL('../../../shared/metrics/README.md', import.meta.url), 'utf8')
const block = (text: string, name: string): string =>
  new RegExp(`\`\`\`${name}\n([^]*?)\n\`\`\``).exec(text)?.[1] ?? ''

export const people = { Sara: sara, Omid: omid }
const personOf = (name = ''): typeof sara => {
  if (name === 'Sara' || name === 'Omid') return people[name]
  throw new Error(`Nobody is called ${name}.`)
}

export const calendars: Record<string, OfficeHours> = v.parse(
  v.record(v.string(), v.looseObject(scheduleFields)),
  JSON.parse(block(page, 'calendars')),
)

export const examples: Worked[] = page
  .split(/^### /m)
  .slice(1)
  .map((section) => {
    const happened = script(block(section, 'ledger').split('\n'))
    return { ...happened, title: section.split('\n')[0] ?? '', rows: rowsOf(section) }
  })

/** `63 h 10 min` in ms. */
export function span(text: string): number {
  const units = { d: 24 * hour, h: hour, min: minute, s: 1_000 }
  const parts = [...text.matchAll(/(\d+) (d|h|min|s)\b/g)]
  if (parts.length === 0) throw new Error(`${text} is no span of time.`)
  return parts.reduce((sum, [, n, unit]) => {
    if (unit !== 'd' && unit !== 'h' && unit !== 'min' && unit !== 's') return sum
    return sum + Number(n) * units[unit]
  }, 0)
}

function rowsOf(section: string): Row[] {
  const lines = section.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
  return lines.slice(1).flatMap((line) => {
    const [names = '', wall = '', business = '', staffed = '', how = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    if (how === '') throw new Error(`${line} does not say how.`)
    const episode = /^episode (\d+): /.exec(names)
    const after = (value: string, before: string): string => (value === 'same' ? before : value)
    const values = { wall, business: after(business, wall), staffed: after(staffed, after(business, wall)) }
    return measuresIn(names.replace(/^episode \d+: /, '')).map((measure) => ({
      ...{ measure, episode: Number(episode?.[1] ?? 1), ...values },
    }))
  })
}

/** `resolution.first, .last, wait`: three. */
function measuresIn(names: string): string[] {
  let family = ''
  return names.split(', ').map((name) => {
    if (name.startsWith('.')) return `${family}${name}`
    family = name.split('.')[0] ?? ''
    return name
  })
}

function script(lines: string[]): Omit<Worked, 'title' | 'rows'> {
  const told: Omit<Worked, 'title' | 'rows'> = {
    ...{ hours: 'Day', teams: new Map(), online: [], entries: [], targets: [], now: 0 },
  }
  let day = ''
  for (const line of lines) {
    const set = /^(hours|team|online|target) (.*)$/.exec(line)
    if (set) {
      setUp(told, set[1] ?? '', set[2] ?? '')
      continue
    }
    const [, date, time, what = ''] = /^(?:(\d{4}-\d\d-\d\d) )?(\d\d:\d\d) (.*)$/.exec(line) ?? []
    day = date ?? day
    const at = Date.parse(`${day}T${time}Z`)
    if (what === 'now') told.now = at
    else told.entries.push({ ...bodyOf(what), seq: told.entries.length + 1, at })
  }
  told.now ||= (told.entries.at(-1)?.at ?? 0) + hour
  return told
}

function setUp(told: Omit<Worked, 'title' | 'rows'>, kind: string, text: string): void {
  const [name = '', second = ''] = text.split(' ')
  if (kind === 'hours') told.hours = text
  if (kind === 'team') told.teams.set(name, second)
  if (kind === 'target') told.targets.push(targetOf(text))
  if (kind !== 'online') return
  const [from = 0, to = 0] = text
    .slice(name.length + 1)
    .split(' to ')
    .map((at) => Date.parse(`${at.replace(' ', 'T')}Z`))
  told.online.push({ name, span: { from, to } })
}

/** `Sara urgent firstResponse 2 min`: for a team, a priority, both or neither. */
function targetOf(text: string): Target {
  const [, team, level, aimed, within = ''] =
    /^(?:(Sara|Omid) )?(?:(low|normal|high|urgent) )?(\w+) (.*)$/.exec(text) ?? []
  const priority = priorities.find((one) => one === level)
  const aim = v.parse(Aim, aimed)
  return { ...(team ? { team } : {}), ...(priority ? { priority } : {}), [aim]: span(within) }
}

function bodyOf(what: string): EntryBody {
  const promised = /^visitor writes, promised (.*)$/.exec(what)?.[1]
  if (promised) {
    const body = message(visitor)
    return body.kind === 'message' ? { ...body, promised: span(promised) } : body
  }
  const [first = '', second = '', third = ''] = what.split(' ')
  const by = third === 'visitor' ? visitor : sara
  switch (what) {
    case 'visitor writes':
      return message(visitor)
    case 'visitor leaves':
      return { kind: 'visitorLeft' }
    case 'visitor returns':
      return { kind: 'visitorReturned' }
    case 'bot writes':
      return message(bot)
    case 'bot hands over':
      return { kind: 'handedOff', by: bot }
    case 'automatic text':
      return message(sara, { auto: true })
    case 'invitation': {
      const body = message(sara, { auto: true })
      return body.kind === 'message' ? { ...body, invitation: { ruleId, inviteId } } : body
    }
    case 'unassigned':
      return { kind: 'unassigned', by: sara }
  }
  if (first === 'assigned') return assigned(personOf(second))
  if (first === 'closed')
    return { kind: 'closed', by, reason: third === 'visitor' ? 'visitor' : 'agent', survey: false }
  if (first === 'reopened') return { kind: 'reopened', by }
  if (second === 'writes') return message(personOf(first))
  const priority = priorities.find((one) => one === third)
  if (second === 'sets' && priority) return { kind: 'prioritised', priority, by: personOf(first) }
  if (second === 'notes') return message(personOf(first), { note: true })
  throw new Error(`Nothing is known of “${what}”.`)
}
