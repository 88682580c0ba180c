import type { OfficeHours } from '../calendar/hours.ts'
import type { Utm } from '../utm.ts'
import type { Attributes } from '../visitor.ts'
import type { Answer } from './answer.ts'
import type { PageFacts } from './page.ts'

export { type UtmField, utmFields } from '../utm.ts'

/** What a page said had happened under one name. */
export interface EventFact {
  /** Of this visit. */
  count: number
  /** The latest of them, oldest first: at most `limits.eventTimes`. `count`: so many were told together, with what was told of the last. */
  latest: readonly { at: number; count?: number; properties?: Readonly<Attributes> | undefined }[]
}

/** What lies in a visitor's cart. */
export interface Cart {
  items: number
  /** In the shop's own currency; 0 where the page does not tell. */
  value: number
  /** When it was last touched. */
  at: number
}

/**
 * What is known when a rule is evaluated. A fact that is left out is not known here, which is another thing
 * than to know that there is nothing: for that stand `null`, an empty text and an empty set. Times in ms.
 */
export interface Facts extends PageFacts {
  now?: number | undefined
  /** Absolute and scrubbed. */
  url?: string | undefined
  title?: string | undefined
  /** Where this visit came from; empty when from nowhere. */
  referrer?: string | undefined
  /** Of the page this visit began with. */
  utm?: Readonly<Utm> | undefined
  secondsOnSite?: number | undefined
  /** Within this visit, the current page included. */
  pageViews?: number | undefined
  /** This one included. */
  visits?: number | undefined
  returning?: boolean | undefined
  events?: ReadonlyMap<string, EventFact> | undefined
  cart?: Cart | null | undefined
  attributes?: Readonly<Attributes> | undefined
  tags?: ReadonlySet<string> | undefined
  /** Whether they belong to each that there is. */
  segments?: ReadonlyMap<string, Answer> | undefined
  leadScore?: number | undefined
  /** A BCP 47 tag. */
  language?: string | undefined
  device?: 'desktop' | 'phone' | undefined
  /** Two letters; null where no header tells. */
  country?: string | null | undefined
  agentsOnline?: number | undefined
  teamsOnline?: ReadonlySet<string> | undefined
  /** Hours that conditions call by a name. */
  calendars?: ReadonlyMap<string, OfficeHours> | undefined
  /** Conversations that wait for somebody to take them. */
  queue?: number | undefined
  /** Null for never. */
  lastChatAt?: number | null | undefined
  /** Before this visit; null for never. */
  lastSeenAt?: number | null | undefined
}
export type FactName = keyof Facts

/** Facts of which these are known. */
export type Known<Name extends FactName> = { [N in Name]-?: Exclude<Facts[N], undefined> }

export const knows = <Name extends FactName>(
  facts: Facts,
  names: readonly Name[],
): facts is Facts & Known<Name> => names.every((name) => facts[name] !== undefined)
