import { createContext } from 'preact'
import { useContext, useState } from 'preact/hooks'
import type { SiteId } from '../../shared/ids.ts'
import type { RuleNode } from '../../shared/triggers/rule.ts'
import type { Nodes } from './tree.ts'

/** Something that is wrong at a place, in words. */
export interface PlacedFault {
  /** Such as `when.2.of.0.glob`. */
  path: string
  text: string
}

/** A thing that can be chosen by its name. */
export interface Named {
  id: string
  name: string
}

/** What is known of the site, to choose from instead of writing by heart. */
export interface Known {
  segments: readonly Named[]
  teams: readonly Named[]
  calendars: readonly Named[]
  /** Names that pages have told lately. */
  events: readonly string[]
  attributes: readonly string[]
  tags: readonly string[]
}

export interface ConditionsEditing {
  site: SiteId
  nodes: Nodes
  known: Known
  faults: readonly PlacedFault[]
  /** What was typed and cannot be taken yet, by its field: it stays, wherever the condition is moved. */
  typed: Map<string, string>
  /** The one that is being drawn to another place. */
  dragged: number | null
  change(nodes: RuleNode[]): void
  /** Said to who cannot see it. */
  announce(text: string): void
  /** Puts the focus into a condition once it is drawn: its first field, or its handle. */
  focusOn(id: number, part: 'field' | 'handle'): void
}

const Editing = createContext<ConditionsEditing | null>(null)
export const ProvideEditing = Editing.Provider

export function useEditing(): ConditionsEditing {
  const found = useContext(Editing)
  if (!found) throw new Error('Conditions are edited within their editor.')
  return found
}

/** Where what was typed and cannot be taken is kept: with the conditions, or by the field alone. */
export function useTyped(): Map<string, string> {
  const [own] = useState(() => new Map<string, string>())
  return useContext(Editing)?.typed ?? own
}
