import type { InviteId, RuleId } from './ids.ts'
import { limits } from './limits.ts'
import type { Locale, LocalText } from './locale.ts'
import { isBlank } from './text/blank.ts'
import { fillIn } from './text/template.ts'
import type { Action, Button, Field } from './triggers/action.ts'
import type { Rule } from './triggers/rule.ts'
import type { Attributes, EventProperties } from './visitor.ts'

/** A proactive message as a page gets it: in the visitor's language, with everything put in. */
export interface Invitation {
  inviteId: InviteId
  ruleId: RuleId | null
  text: string
  /** Who it comes from, to be shown beside it. */
  from: string
  /** What there is besides Reply and Dismiss. Left out for a bubble, which is what a page shows that knows no better. */
  action?: Offer
}

/** What an invitation offers, said in one language. No field here bears a name that the widget's build shortens. */
export type Offer =
  | { kind: 'open' }
  | { kind: 'buttons'; buttons: OfferedButton[] }
  | { kind: 'form'; fields: OfferedField[]; send?: string }
  | { kind: 'banner'; at: 'top' | 'bottom'; link?: OfferedLink }
  | { kind: 'survey'; scale: 'faces' | 'numbers'; low?: string; high?: string }
/** `text` stands on it; `says` is what the visitor says by it. */
export type OfferedLink = { text: string; href: string }
export type OfferedButton = OfferedLink | { text: string; says: string }
export interface OfferedField {
  kind: Field['kind']
  text: string
  required: boolean
  /** Of a choice. */
  options?: string[]
  /** What is told here is kept under this name. */
  attribute?: string
}

/** What a page is told instead of being asked to show something. */
export interface PageEvent {
  name: string
  properties: EventProperties
  /** What the rule says; empty where it says nothing. */
  text: string
}

/** What a rule says, in one language. `action` is left out for a bubble and for an event. */
export interface Said {
  text: string
  action?: Offer
  event?: PageEvent
}

/** What texts may speak of, each as `{{name|what else}}`; attributes as `{{attribute.plan|free}}`. */
export const variables = ['visitor.name', 'visitor.email', 'page.title', 'site.name', 'agent.name'] as const
type Variable = (typeof variables)[number]

/** The values of the variables: a list that `fillIn` takes. What is not known is left out. */
export function wordsOf(
  known: Partial<Record<Variable, string | null>>,
  attributes: Attributes | null = {},
): ReadonlyMap<string, string> {
  const kept = Object.entries(attributes ?? {}).map(([name, value]) => [`attribute.${name}`, value])
  return new Map([...Object.entries(known), ...kept].map(([name, value]) => [`${name}`, `${value ?? ''}`]))
}

/** What a rule says to somebody who reads `locale`. A variant's text is given as `say`. */
export function sayIn(
  { say, action }: Pick<Rule, 'say' | 'action'>,
  locale: Locale,
  words: ReadonlyMap<string, string>,
): Said {
  const put = (text: LocalText): string => clipped(fillIn(inLanguage(text, locale), words))
  const text = put(say)
  return { text, ...offered(action, text, put) }
}

type Put = (text: LocalText) => string

function offered(action: Action | undefined, text: string, put: Put): Omit<Said, 'text'> {
  switch (action?.kind) {
    case undefined:
    case 'bubble':
      return {}
    case 'open':
      return { action: { kind: 'open' } }
    case 'buttons':
      return { action: { kind: 'buttons', buttons: action.buttons.map((one) => button(one, put)) } }
    case 'form':
      return { action: formOf(action, put) }
    case 'banner': {
      const { at, button } = action
      return { action: { kind: 'banner', at, ...(button ? { link: linkOf(button, put) } : {}) } }
    }
    case 'survey': {
      const { scale, low, high } = action
      const ends = { ...(low ? { low: put(low) } : {}), ...(high ? { high: put(high) } : {}) }
      return { action: { kind: 'survey', scale, ...ends } }
    }
    case 'event':
      return { event: { name: action.name, properties: action.properties ?? {}, text } }
  }
}

const linkOf = ({ label, href }: { label: LocalText; href: string }, put: Put): OfferedLink => ({
  text: put(label),
  href,
})

function button(one: Button, put: Put): OfferedButton {
  if (one.does === 'link') return linkOf(one, put)
  const text = put(one.label)
  return { text, says: (one.text && put(one.text)) || text }
}

const formOf = ({ fields, send }: Extract<Action, { kind: 'form' }>, put: Put): Offer => ({
  kind: 'form',
  fields: fields.map((one) => fieldOf(one, put)),
  ...(send ? { send: put(send) } : {}),
})

const fieldOf = (field: Field, put: Put): OfferedField => ({
  kind: field.kind,
  text: put(field.label),
  required: field.required ?? false,
  ...('options' in field ? { options: field.options.map(put) } : {}),
  ...('attribute' in field && field.attribute ? { attribute: field.attribute } : {}),
})

/** A language left blank is one left out. */
const inLanguage = (text: LocalText, locale: Locale): string =>
  [text[locale], text.en, text.ar, text.fa].find((one) => one && !isBlank(one)) ?? ''

/** What is put in may make a text longer than one may be. */
const clipped = (text: string): string =>
  text.length <= limits.messageCharacters ? text : [...text].slice(0, limits.messageCharacters).join('')
