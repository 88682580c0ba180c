import { formatTag, type Locale } from '../../locale.ts'
import { isGroup, type Node } from '../answer.ts'
import type { Reason } from '../decide.ts'
import { type FaultCode, partOf, placeOf, type RuleFault } from '../faults.ts'
import type { Comparison } from '../kinds/comparison.ts'
import type { Condition, ConditionKind } from '../kinds/kinds.ts'
import { ar } from './ar.ts'
import type { Phrase, RuleWords } from './catalogue.ts'
import { en } from './en.ts'
import { fa } from './fa.ts'
import { sayHours } from './hours.ts'

const catalogues: Record<Locale, RuleWords> = { en, ar, fa }

/** A stretch of what is said: words, or what stands for a field of the condition. */
export interface Piece {
  words: string
  /** The field, such as `atLeast`; null where the words are the language's own. */
  slot: string | null
}

/** The condition, or the group of them, as people say it. */
export function sayCondition(node: Node<Condition>, locale: Locale): string {
  if (!isGroup(node)) return piecesOf(node, locale).map(aside).join('')
  const parts = node.of.map((part) => sayCondition(part, locale))
  const type = node.kind === 'all' ? 'conjunction' : 'disjunction'
  return put(catalogues[locale].connectives[node.kind], {
    parts: new Intl.ListFormat(formatTag(locale), { type }).format(parts),
  })
}

/** The same of one condition, cut where its fields stand: each can be marked, or written in. */
export function piecesOf(condition: Condition, locale: Locale): Piece[] {
  const slots = slotsOf(condition, locale)
  return phraseOf(condition, locale)
    .split(/(\{\w+\})/)
    .filter((part) => part !== '')
    .map((part) => {
      const slot = /^\{(\w+)\}$/.exec(part)?.[1]
      return slot ? { words: slots[slot] ?? '', slot } : { words: part, slot: null }
    })
}

/** What a comparison is called, with a gap where its value stands. */
export const sayOperator = (op: Comparison['op'], locale: Locale): string =>
  put(catalogues[locale].comparisons[op], { value: '…' })

/** How long ago, with a gap where the time stands. */
export const sayAgo = (ago: 'atLeast' | 'atMost', locale: Locale): string =>
  put(catalogues[locale].ago[ago], { time: '…' })

/** What can be chosen in a field, in words. */
export const sayChoices = (locale: Locale): Pick<RuleWords, 'returning' | 'devices' | 'utm'> =>
  catalogues[locale]

/** What is wrong, without where. */
export const sayFaultCode = (code: FaultCode, locale: Locale): string => catalogues[locale].faults[code]

/** Why a rule did not speak. */
export const sayReason = (reason: Reason, locale: Locale): string => catalogues[locale].reasons[reason]

/** What is wrong with a rule, and where. */
export function sayFault(fault: RuleFault, locale: Locale): string {
  const { faults, place, parts } = catalogues[locale]
  const numbers = placeOf(fault).map((number) => figure(number, locale))
  const said = faults[fault.code]
  const of = partOf(fault)
  if (of) return `${put(parts[of.part], { number: figure(of.number, locale) })}: ${said}`
  return numbers.length === 0 ? said : `${put(place, { place: numbers.join(' › ') })}: ${said}`
}

type Slots = Record<string, string>

const put = (text: string, slots: Slots): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => slots[name] ?? whole)

/** The phrase of this kind, in the form its number asks for, with what else the condition asks. */
function phraseOf(condition: Condition, locale: Locale): string {
  const { kinds, within, where, worth, calendar } = catalogues[locale]
  if (condition.kind === 'schedule' && condition.calendar !== undefined) return calendar
  const said = inForm(kinds[condition.kind], numberIn(condition), locale)
  if (condition.kind === 'cartAbandoned') return condition.worth === undefined ? said : said + worth
  if (condition.kind !== 'event') return said
  return said + (condition.withinSeconds === undefined ? '' : within) + (condition.where ? where : '')
}

const numberIn = (condition: Condition): number => {
  if ('below' in condition) return condition.below
  return 'atLeast' in condition ? condition.atLeast : 0
}

const inForm = (phrase: Phrase, n: number, locale: Locale): string =>
  typeof phrase === 'string'
    ? phrase
    : (phrase[new Intl.PluralRules(formatTag(locale)).select(n)] ?? phrase.other)

function sayComparison(comparison: Comparison, locale: Locale): string {
  const value = 'value' in comparison ? sayValue(comparison.value, locale) : ''
  return put(catalogues[locale].comparisons[comparison.op], { value })
}

const sayValue = (value: string | number | boolean, locale: Locale): string =>
  typeof value === 'number' ? figure(value, locale) : quoted(String(value))

const timed: ReadonlySet<ConditionKind> = new Set(['secondsOnPage', 'secondsOnSite', 'idle'])

/** Whether what stands there is a length of time. */
export const isTime = (slot: string, { kind }: Condition): boolean =>
  slot === 'seconds' || slot === 'withinSeconds' || timed.has(kind)

/** Each field of the condition in words. */
function slotsOf(condition: Condition, locale: Locale): Slots {
  const words = catalogues[locale]
  const slots: Slots = {}
  for (const [name, value] of Object.entries(condition))
    if (name === 'anyOf' && Array.isArray(value))
      slots[name] = new Intl.ListFormat(formatTag(locale), { type: 'disjunction' }).format(
        value.map((tag) => nameOfTag(tag, condition.kind === 'country' ? 'region' : 'language', locale)),
      )
    else if (typeof value === 'number')
      slots[name] = isTime(name, condition) ? duration(value, locale) : figure(value, locale)
    else if (typeof value === 'string') slots[name] = value
  if (condition.kind === 'schedule') slots.hours = sayHours(condition, locale, words.always)
  if ('that' in condition) slots.that = sayComparison(condition.that, locale)
  if ('ago' in condition) slots.ago = put(words.ago[condition.ago], { time: slots.seconds ?? '' })
  // The name of the hours says more than where their clock stands.
  if (condition.kind === 'schedule') slots.timeZone = condition.calendar ?? condition.timeZone
  if (condition.kind === 'returning') slots.is = words.returning[`${condition.is}`]
  if (condition.kind === 'device') slots.is = words.devices[condition.is]
  if (condition.kind === 'utm') slots.field = words.utm[condition.field]
  if (condition.kind === 'event' && condition.where) {
    slots.property = condition.where.property
    slots.that = sayComparison(condition.where.that, locale)
  }
  return slots
}

const written: ReadonlySet<string> = new Set([
  ...['glob', 'address', 'selector', 'name', 'tag', 'segment', 'team', 'property', 'timeZone', 'calendar'],
])

const aside = ({ words, slot }: Piece): string => (slot !== null && written.has(slot) ? quoted(words) : words)

/** What admins have written runs its own way, whatever stands around it. */
const quoted = (text: string): string => `\u2068${text}\u2069`

/** What a language or a country is called; the tag itself where it has no name. */
export function nameOfTag(tag: string, type: 'language' | 'region', locale: Locale): string {
  try {
    return new Intl.DisplayNames(formatTag(locale), { type, fallback: 'code' }).of(tag) ?? tag
  } catch (error) {
    if (error instanceof RangeError) return tag
    throw error
  }
}

const figure = (value: number, locale: Locale): string =>
  new Intl.NumberFormat(formatTag(locale)).format(value)

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

/** In the largest unit that leaves no rest. */
function duration(seconds: number, locale: Locale): string {
  const [unit, length] = units.find(([, size]) => seconds >= size && seconds % size === 0) ?? ['second', 1]
  const form = { style: 'unit', unit, unitDisplay: 'long' } as const
  return new Intl.NumberFormat(formatTag(locale), form).format(seconds / length)
}
