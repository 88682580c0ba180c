import { formatTag, type Locale } from '../../locale.ts'
import { isGroup, type Node } from '../answer.ts'
import type { Reason } from '../decide.ts'
import { partOf, placeOf, type RuleFault } from '../faults.ts'
import type { Comparison } from '../kinds/comparison.ts'
import type { Condition, ConditionKind } from '../kinds/kinds.ts'
import { ar } from './ar.ts'
import type { RuleWords } from './catalogue.ts'
import { en } from './en.ts'
import { fa } from './fa.ts'

const catalogues: Record<Locale, RuleWords> = { en, ar, fa }

/** The condition, or the group of them, as people say it. */
export function sayCondition(node: Node<Condition>, locale: Locale): string {
  const words = catalogues[locale]
  if (isGroup(node)) {
    const parts = node.of.map((part) => sayCondition(part, locale))
    const type = node.kind === 'all' ? 'conjunction' : 'disjunction'
    return put(words.connectives[node.kind], {
      parts: new Intl.ListFormat(formatTag(locale), { type }).format(parts),
    })
  }
  const said = put(words.kinds[node.kind], slotsOf(node, locale))
  return node.kind === 'event' ? said + moreOfEvent(node, locale) : said
}

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

function moreOfEvent(event: Extract<Condition, { kind: 'event' }>, locale: Locale): string {
  const { within, where } = catalogues[locale]
  const { withinSeconds, where: asked } = event
  return [
    withinSeconds === undefined ? '' : put(within, { time: duration(withinSeconds, locale) }),
    asked ? put(where, { property: quoted(asked.property), that: sayComparison(asked.that, locale) }) : '',
  ].join('')
}

function sayComparison(comparison: Comparison, locale: Locale): string {
  const value = 'value' in comparison ? sayValue(comparison.value, locale) : ''
  return put(catalogues[locale].comparisons[comparison.op], { value })
}

const sayValue = (value: string | number | boolean, locale: Locale): string =>
  typeof value === 'number' ? figure(value, locale) : quoted(String(value))

const timed: ReadonlySet<ConditionKind> = new Set(['secondsOnPage', 'secondsOnSite', 'idle'])

/** Each field of the condition in words. */
function slotsOf(condition: Condition, locale: Locale): Slots {
  const words = catalogues[locale]
  const slots: Slots = {}
  for (const [name, value] of Object.entries(condition))
    if (name === 'anyOf' && Array.isArray(value))
      slots[name] = new Intl.ListFormat(formatTag(locale), { type: 'disjunction' }).format(value)
    else if (typeof value === 'number')
      slots[name] =
        name === 'seconds' || timed.has(condition.kind) ? duration(value, locale) : figure(value, locale)
    else if (typeof value === 'string') slots[name] = quoted(value)
  if ('that' in condition) slots.that = sayComparison(condition.that, locale)
  if ('ago' in condition) slots.ago = put(words.ago[condition.ago], { time: slots.seconds ?? '' })
  if (condition.kind === 'returning') slots.is = words.returning[`${condition.is}`]
  if (condition.kind === 'device') slots.is = words.devices[condition.is]
  return slots
}

/** What admins have written runs its own way, whatever stands around it. */
const quoted = (text: string): string => `\u2068${text}\u2069`

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
