import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast'
import { isStringLiteral } from 'typescript/unstable/ast/is'
import { createVirtualFileSystem } from 'typescript/unstable/fs'
import { API } from 'typescript/unstable/sync'
import type { Source } from './sources.ts'

export interface Parsed extends Source {
  tree: SourceFile
}

/** Parses TypeScript with the compiler's own parser; nothing is resolved or checked. */
export function parse(sources: readonly Source[]): Parsed[] {
  const at = (path: string): string => `/house/${path}`
  const settings = {
    compilerOptions: { noLib: true, noResolve: true, types: [], jsx: 'preserve' },
    files: sources.map(({ path }) => path),
  }
  const files = Object.fromEntries(sources.map(({ path, text }) => [at(path), text]))
  const config = at('tsconfig.json')
  const fs = createVirtualFileSystem({ ...files, [config]: JSON.stringify(settings) })
  const api = new API({ cwd: '/house', fs })
  const snapshot = api.updateSnapshot({ openProjects: [config] })
  try {
    const [project] = snapshot.getProjects()
    return sources.map((source) => {
      const tree = project?.program.getSourceFile(at(source.path))
      if (!tree) throw new Error(`${source.path} could not be parsed`)
      return { ...source, tree }
    })
  } finally {
    snapshot.dispose()
    api.close()
  }
}

/** Every node below `node`, itself included, from the first to the last. */
export function* walk(node: Node): Generator<Node> {
  yield node
  const children: Node[] = []
  node.forEachChild((child) => {
    children.push(child)
    return undefined
  })
  for (const child of children) yield* walk(child)
}

export const lineOf = ({ tree }: Parsed, position: number): number =>
  tree.getLineAndCharacterOfPosition(position).line + 1

export const place = (source: Parsed, node: Node): string =>
  `${source.path}:${lineOf(source, node.getStart(source.tree))}`

export interface Import {
  specifier: string
  node: Node
}

/** Static, type and dynamic imports and re-exports. */
export function importsOf(source: Parsed): Import[] {
  return [...walk(source.tree)].flatMap((node) => {
    if (!isStringLiteral(node)) return []
    return importing.has(node.parent.kind) || isDynamicImport(node.parent, source)
      ? [{ specifier: node.text, node }]
      : []
  })
}

const importing: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ExportDeclaration,
  SyntaxKind.ExternalModuleReference,
])

const isDynamicImport = (node: Node, { tree }: Parsed): boolean =>
  (node.kind === SyntaxKind.CallExpression && node.getText(tree).startsWith('import(')) ||
  (node.kind === SyntaxKind.LiteralType && node.parent.kind === SyntaxKind.ImportType)
