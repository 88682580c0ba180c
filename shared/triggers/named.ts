import { isGroup } from './answer.ts'
import type { RuleNode } from './rule.ts'

/** What conditions call by a name that somebody gave it in the settings. */
export interface Named {
  what: 'segment' | 'team' | 'calendar'
  id: string
  /** Where it stands, such as `when.2.of.0.segment`. */
  path: string
}

export const namedIn = (nodes: readonly RuleNode[], path = 'when'): Named[] =>
  nodes.flatMap((node, i) => {
    const at = `${path}.${i}`
    if (isGroup(node)) return namedIn(node.of, `${at}.of`)
    switch (node.kind) {
      case 'segment':
        return { what: 'segment', id: node.segment, path: `${at}.segment` }
      case 'teamOnline':
        return { what: 'team', id: node.team, path: `${at}.team` }
      case 'schedule':
        return node.calendar === undefined
          ? []
          : { what: 'calendar', id: node.calendar, path: `${at}.calendar` }
      default:
        return []
    }
  })
