import { type Node, SyntaxKind } from 'typescript/unstable/ast'
import { isIdentifier, isStringLiteral } from 'typescript/unstable/ast/is'
import type { Finding, Source } from './sources.ts'
import { type Parsed, place, walk } from './syntax.ts'

/** Names by which text becomes markup or code, wherever they stand. */
const sinks = new Set([
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'dangerouslySetInnerHTML',
  'createContextualFragment',
  'setHTMLUnsafe',
  'parseHTMLUnsafe',
  'srcdoc',
  'DOMParser',
])

/** Text from people must never become markup: a name above, `document.write`, `eval` or `new Function`. */
export const markupSinks = (source: Parsed): Finding[] =>
  [...walk(source.tree)]
    .filter((node) => isSink(node, source))
    .map(
      (node) =>
        `${place(source, node)}: ${node.getText(source.tree)} makes markup or code of text; build nodes`,
    )

function isSink(node: Node, { tree }: Parsed): boolean {
  if (isStringLiteral(node) && sinks.has(node.text)) return true
  if (!isIdentifier(node)) return false
  if (sinks.has(node.text)) return true
  if (node.text === 'eval') return node.parent.kind === SyntaxKind.CallExpression
  if (node.text === 'Function')
    return node.parent.kind === SyntaxKind.NewExpression || node.parent.kind === SyntaxKind.CallExpression
  return /^(write|writeln)$/.test(node.text) && /\bdocument\.write(ln)?$/.test(node.parent.getText(tree))
}

const physicalProperty =
  /(?<![\w-])((?:(?:scroll-)?(?:margin|padding)-|border-(?:(?:top|bottom)-)?)?(?:left|right)(?:-(?:width|style|color|radius))?)\s*:/g
const physicalValue = /(?<![\w-])((?:text-align|float|clear)\s*:\s*(?:left|right))(?![\w-])/g

/** Physical sides in a style sheet, which would be wrong in half of our languages. */
export function physicalSides({ path, text }: Source): Finding[] {
  const style = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
  return [physicalProperty, physicalValue].flatMap((pattern) =>
    [...style.matchAll(pattern)].map((match) => {
      const line = style.slice(0, match.index).split('\n').length
      return `${path}:${line}: ${match[1]}; say it by inline-start and inline-end`
    }),
  )
}

const physicalStyle = /^(margin|padding|border)(Left|Right)/

/** The same in styles that code sets. */
export const physicalStyles = (source: Parsed): Finding[] =>
  [...walk(source.tree)]
    .filter((node) => isIdentifier(node) && physicalStyle.test(node.text))
    .map(
      (node) => `${place(source, node)}: ${node.getText(source.tree)}; say it by inline-start and inline-end`,
    )

/** Statements of a data base, at the beginning of a text. A sentence of ours begins with one capital. */
const lowerSql =
  /^\s*(select\s[\s\S]+\sfrom\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|(create|drop|alter)\s+(table|index)\s|pragma\s)/
const sql = new RegExp(
  `${lowerSql.source}|${lowerSql.source.replace(/(?<!\\)[a-z]+/g, (word) => word.toUpperCase())}`,
)

export const statements = (source: Parsed): Finding[] =>
  [...walk(source.tree)]
    .filter((node) => literals.has(node.kind))
    .filter((node) => sql.test(node.getText(source.tree).slice(1)))
    .map((node) => `${place(source, node)}: SQL; it belongs in server/history, behind the History interface`)

const literals: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateExpression,
])

const ambient = new Set([
  'window',
  'document',
  'navigator',
  'localStorage',
  'process',
  'performance',
  'fetch',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
])

/** `shared/` is pure: what it needs of the world is passed in. */
export const impurities = (source: Parsed): Finding[] =>
  [...walk(source.tree)]
    .filter((node) => isImpure(node, source))
    .map((node) => `${place(source, node)}: ${node.getText(source.tree)} in shared/; pass it in`)

function isImpure(node: Node, { tree }: Parsed): boolean {
  const text = isIdentifier(node) ? node.text : ''
  const { parent } = node
  if (ambient.has(text)) return isUse(node, tree)
  if (text === 'Date' || text === 'Math' || text === 'crypto')
    return /^(Date\.now|new Date\(\)|Math\.random|crypto\.\w+)$/.test(parent.getText(tree))
  return false
}

/** Read as a value: not a property, a name of one's own, or a type. */
function isUse(node: Node, tree: Parsed['tree']): boolean {
  const { parent } = node
  if (parent.kind === SyntaxKind.PropertyAccessExpression)
    return parent.getText(tree).startsWith(node.getText(tree))
  return parent.kind === SyntaxKind.CallExpression || parent.kind === SyntaxKind.VariableDeclaration
}
