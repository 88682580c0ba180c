import * as v from 'valibot'

/** Everything that can be wrong with a rule. The set is closed: each has its words in every language. */
export const faultCodes = [
  'newerVersion', // of a language that is not spoken here yet
  'unknownKind', // a condition that does not exist
  'unknownAction', // nothing that a rule could do
  'tooDeep', // groups within groups within groups
  'missing', // a field is
  'unknownField', // a field that does not belong there
  'wrongType', // a text for a number, and the like
  'tooLong',
  'tooMany',
  'tooFew',
  'outOfRange',
  'notAllowed', // any other value that does not fit
] as const
export type FaultCode = (typeof faultCodes)[number]

/** One thing that is wrong with a rule. */
export interface RuleFault {
  /** Into the groups, such as `when.2.of.0.glob`; empty for the rule as a whole. */
  path: string
  code: FaultCode
  /** For developers, in English. */
  message: string
}

type Issue = v.BaseIssue<unknown>

export const faultsOf = (issues: readonly Issue[]): RuleFault[] =>
  issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', code: codeOf(issue), message: issue.message }))

/** Where a fault stands among the conditions, counted from 1 at each depth; empty when in none. */
export const placeOf = ({ path }: Pick<RuleFault, 'path'>): number[] =>
  (/^when((?:\.\d+(?:\.of)?)+)/.exec(path)?.[1]?.match(/\d+/g) ?? []).map((index) => Number(index) + 1)

/** The part of the action a fault is in, such as `buttons` and 2; null when in none. */
export function partOf({ path }: Pick<RuleFault, 'path'>): { part: ActionPart; number: number } | null {
  const found = /(?:^|\.)action\.(buttons|fields)\.(\d+)/.exec(path)
  const part = actionParts.find((one) => one === found?.[1])
  return part ? { part, number: Number(found?.[2]) + 1 } : null
}

const actionParts = ['buttons', 'fields'] as const
export type ActionPart = (typeof actionParts)[number]

function codeOf(issue: Issue): FaultCode {
  if (issue.received === 'undefined' && issue.expected !== 'never') return 'missing'
  if (v.getDotPath(issue) === 'version') return 'newerVersion'
  switch (issue.type) {
    case 'variant':
      if (/(?:^|\.)action\b/.test(v.getDotPath(issue) ?? '')) return 'unknownAction'
      return isConnective(issue.input) ? 'tooDeep' : 'unknownKind'
    case 'strict_object':
      return issue.expected === 'never' ? 'unknownField' : 'wrongType'
    case 'max_length':
      return Array.isArray(issue.input) ? 'tooMany' : 'tooLong'
    case 'min_length':
      return 'tooFew'
    case 'min_value':
    case 'max_value':
    case 'safe_integer':
    case 'finite':
      return 'outOfRange'
    case 'string':
    case 'number':
    case 'boolean':
    case 'array':
      return 'wrongType'
    default:
      return 'notAllowed'
  }
}

const isConnective = (kind: unknown): boolean => kind === 'all' || kind === 'any' || kind === 'not'
