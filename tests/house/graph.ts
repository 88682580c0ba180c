import { posix } from 'node:path'
import { importsOf, type Parsed, place } from './syntax.ts'

/** One import: who, what, and where it stands. */
export interface Edge {
  from: string
  /** Path from the root for a file of ours, else the specifier. */
  to: string
  ours: boolean
  place: string
}

export const edgesOf = (sources: readonly Parsed[]): Edge[] =>
  sources.flatMap((source) =>
    importsOf(source).map(({ specifier, node }) => {
      const ours = specifier.startsWith('.')
      const to = ours ? posix.normalize(posix.join(posix.dirname(source.path), specifier)) : specifier
      return { from: source.path, to, ours, place: place(source, node) }
    }),
  )

/** Every cycle that a walk along the imports comes upon, as the files it passes. */
export function cycles(edges: readonly Edge[]): string[][] {
  const next = new Map<string, string[]>()
  for (const { from, to, ours } of edges) if (ours) next.set(from, [...(next.get(from) ?? []), to])
  const found: string[][] = []
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string): void => {
    const start = path.indexOf(file)
    if (start >= 0) found.push([...path.slice(start), file])
    if (start >= 0 || done.has(file)) return
    path.push(file)
    for (const to of next.get(file) ?? []) visit(to)
    path.pop()
    done.add(file)
  }
  for (const file of next.keys()) visit(file)
  return found
}

/** All files reached from `start`, itself included. */
export function reachable(edges: readonly Edge[], start: string): Set<string> {
  const reached = new Set([start])
  for (const file of reached) for (const { from, to } of edges) if (from === file) reached.add(to)
  return reached
}
