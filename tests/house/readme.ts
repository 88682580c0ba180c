import { posix } from 'node:path'
import type { Finding, Source } from './sources.ts'

/** What a page of documentation may name. */
export interface Known {
  paths: ReadonlySet<string>
  scripts: ReadonlySet<string>
}

export function knownOf(files: readonly Source[]): Known {
  const manifest: { scripts: object } = JSON.parse(
    files.find(({ path }) => path === 'package.json')?.text ?? '{}',
  )
  const paths = new Set<string>()
  for (const { path } of files) for (let at = path; at !== '.'; at = posix.dirname(at)) paths.add(at)
  return { paths, scripts: new Set(Object.keys(manifest.scripts)) }
}

/** Paths, scripts and commands that a page names and that do not exist. */
export const untrue = (page: Source, known: Known): Finding[] => [
  ...paths(page.text)
    .filter((path) => !exists(path, page, known))
    .map((path) => `${page.path} names ${path}, which does not exist`),
  ...scripts(page.text)
    .filter((script) => !known.scripts.has(script))
    .map((script) => `${page.path} names the npm script ${script}, which package.json does not have`),
  ...commands(page.text)
    .filter((command) => ![...known.paths].some((path) => commandFile(path, command)))
    .map((command) => `${page.path} names ahlan ${command}, which server/cli/ does not have`),
]

/** `owner create` stands in `owner-create.ts`, `serve` in `serve.ts`. */
const commandFile = (path: string, command: string): boolean =>
  path === `server/cli/${command}.ts` || path.startsWith(`server/cli/${command}-`)

function exists(path: string, page: Source, { paths }: Known): boolean {
  const clean = path.replace(/[#?].*$/, '').replace(/\/$/, '')
  const here = posix.normalize(posix.join(posix.dirname(page.path), clean))
  if (paths.has(here) || paths.has(posix.normalize(clean))) return true
  return !clean.includes('/') && [...paths].some((one) => one.endsWith(`/${clean}`))
}

/** Made while running, or written for a reader's own machine. */
const elsewhere = /^(dist|data|node_modules|DATA_DIR)\b|[*<>{}…$]|NNN/

const codeSpan = /`([^`\n]+)`/g
const link = /\]\(([^)\s]+)\)/g
const looksLikePath = /^\.?\.?[\w.-]*(\/[\w.@-]+)*\/?$/
const roots = /^(\.\/|\.\.\/|shared|widget|server|agent-console|tests|\.ci|\.env)/

function paths(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  const named = matches(prose, codeSpan).filter(
    (one) => looksLikePath.test(one) && ((one.includes('/') && roots.test(one)) || /\.(tsx?|md)$/.test(one)),
  )
  const linked = matches(prose, link).filter((one) => !/^([a-z]+:|#)/.test(one))
  return [...named, ...linked].filter((one) => !elsewhere.test(one))
}

const scripts = (text: string): string[] => [
  ...matches(text, /\bnpm run ([\w:-]+)/g),
  ...matches(text, /\bnpm (test|start)\b/g),
]

const commands = (text: string): string[] => matches(text, /\bnpx ahlan ([a-z][\w-]*)/g)

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '')
