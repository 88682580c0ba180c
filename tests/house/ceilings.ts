import { type Node, SyntaxKind } from 'typescript/unstable/ast'
import {
  isAsExpression,
  isCallExpression,
  isCatchClause,
  isFunctionLikeDeclaration,
  isIdentifier,
  isParameterDeclaration,
} from 'typescript/unstable/ast/is'
import type { Finding, Source } from './sources.ts'
import { lineOf, type Parsed, place, walk } from './syntax.ts'

const most = { fileLines: 300, functionLines: 50, parameters: 4, castsPerThousand: 4 }

export const lineCount = (text: string): number => text.trimEnd().split('\n').length

export const longFiles = (sources: readonly Source[]): Finding[] =>
  sources
    .map(({ path, text }) => ({ path, lines: lineCount(text) }))
    .filter(({ lines }) => lines > most.fileLines)
    .map(({ path, lines }) => `${path}: ${lines} lines, at most ${most.fileLines}; split it by noun`)

/** Functions that are too long or take too much. */
export function largeFunctions(source: Parsed): Finding[] {
  return [...walk(source.tree)].filter(isFunctionLikeDeclaration).flatMap((node) => {
    const findings: Finding[] = []
    const lines = lineOf(source, node.end) - lineOf(source, node.getStart(source.tree)) + 1
    if (lines > most.functionLines && !isChapter(node, source))
      findings.push(`${place(source, node)}: a function of ${lines} lines, at most ${most.functionLines}`)
    const parameters = node.parameters.filter(
      (one) => one.getText(source.tree).split(':')[0] !== 'this',
    ).length
    if (parameters > most.parameters)
      findings.push(
        `${place(source, node)}: ${parameters} parameters, at most ${most.parameters}; take one object`,
      )
    return findings
  })
}

/** The block of a `describe`, or a function that registers tests: a chapter, not a function. */
const isChapter = (node: Node, { path, tree }: Parsed): boolean =>
  path.startsWith('tests/') && /\b(it|test|describe)(\.each\(.*\))?\(/s.test(chapterText(node, tree))

const chapterText = (node: Node, tree: Parsed['tree']): string =>
  isCallExpression(node.parent) ? node.parent.getText(tree) : node.getText(tree)

/** `any`, `!`, and catches that swallow. */
export function blindSpots(source: Parsed): Finding[] {
  return [...walk(source.tree)].flatMap((node) => {
    const blind = blindness(node, source)
    return blind ? [`${place(source, node)}: ${blind}`] : []
  })
}

const swallowing = /\.catch\(\s*\(\w*\)\s*=>\s*\{\s*\}\s*\)$/

function blindness(node: Node, { tree }: Parsed): string | null {
  if (node.kind === SyntaxKind.AnyKeyword) return 'any; name the type, or take unknown and parse it'
  if (node.kind === SyntaxKind.NonNullExpression) return 'a non-null `!`; handle the absence'
  if (isCatchClause(node) && node.block.statements.length === 0)
    return 'an empty catch; handle the fault or let it pass'
  if (isCallExpression(node) && swallowing.test(node.getText(tree)))
    return 'a catch that swallows; handle the fault or let it pass'
  return null
}

const isCast = (node: Node, { tree }: Parsed): boolean =>
  node.kind === SyntaxKind.TypeAssertionExpression ||
  (isAsExpression(node) && node.type.getText(tree) !== 'const')

/** Casts of all sources together, since one in a short file is no fault. */
export function manyCasts(sources: readonly Parsed[]): Finding[] {
  const casts = sources.flatMap((source) =>
    [...walk(source.tree)].filter((node) => isCast(node, source)).map((node) => place(source, node)),
  )
  const lines = sources.reduce((sum, { text }) => sum + lineCount(text), 0)
  const allowed = Math.floor((lines * most.castsPerThousand) / 1_000)
  return casts.length <= allowed ? [] : [`${casts.length} casts, at most ${allowed}: ${casts.join(', ')}`]
}

const vague = /^(utils?|helpers?|common|services?|managers?|misc)$/i
const vagueEnding = /(Utils?|Helpers?|Managers?|Services?)$/

/** Names that say nothing of the product. */
export const vaguePaths = ({ path }: Source): Finding[] =>
  path.split(/[/.-]/).some((word) => vague.test(word))
    ? [`${path}: a name that says nothing; call it by what it does in the product`]
    : []

export const vagueNames = (source: Parsed): Finding[] =>
  [...walk(source.tree)]
    .filter((node) => isIdentifier(node) && vagueEnding.test(node.text) && declares(node))
    .map((node) => `${place(source, node)}: a name that says nothing; call it by what it does`)

const declarations: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ClassDeclaration,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.VariableDeclaration,
])

const declares = (node: Node): boolean =>
  declarations.has(node.parent.kind) && !isParameterDeclaration(node.parent)
