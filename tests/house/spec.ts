import { isCallExpression, isStringLiteral } from 'typescript/unstable/ast/is'
import type { Finding } from './sources.ts'
import { type Parsed, walk } from './syntax.ts'

const definition = /^- \*\*([A-Z]\d+)\*\* /gm
const citation = /(?<![\w-])([WCVTMHPSFKR]\d{1,3})(?![\w-])/g

/** The ids of the rules, in the order of the page. */
export const ruleIds = (spec: string): string[] =>
  [...spec.matchAll(definition)].map((match) => match[1] ?? '')

/** The titles of tests and of their groups; the table of an `each` is none. */
export const titles = (source: Parsed): string[] =>
  [...walk(source.tree)].flatMap((node) => {
    if (!isCallExpression(node) || !/^(it|test|describe)\b/.test(node.expression.getText(source.tree)))
      return []
    const title = node.arguments[0]
    if (!title || /\.each$/.test(node.expression.getText(source.tree))) return []
    return [isStringLiteral(title) ? title.text : title.getText(source.tree)]
  })

export const citedIds = (title: string): string[] =>
  [...title.matchAll(citation)].map((match) => match[1] ?? '')

/** Rules no test names, rules that do not exist, and ids given twice. */
export function untold(spec: string, tests: readonly Parsed[]): Finding[] {
  const ids = ruleIds(spec)
  const cited = tests.flatMap((source) =>
    titles(source).flatMap((title) => citedIds(title).map((id) => ({ id, path: source.path }))),
  )
  const proved = new Set(cited.map(({ id }) => id))
  return [
    ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `shared/SPEC.md gives ${id} to two rules`),
    ...ids
      .filter((id) => !proved.has(id))
      .map((id) => `${id} is named in no test’s title: prove it, or strike it`),
    ...cited
      .filter(({ id }) => !ids.includes(id))
      .map(({ id, path }) => `${path} names ${id}, which shared/SPEC.md does not have`),
  ]
}
