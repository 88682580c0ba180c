import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** A file of the repository: its path from the root, with `/`, and what it holds. */
export interface Source {
  path: string
  text: string
}

/** What a house rule found, as one line that says where and what to do. */
export type Finding = string

const notOurs = new Set(['.git', 'node_modules', 'dist', 'data'])
const texts = new Set(['.ts', '.tsx', '.js', '.css', '.html', '.json', '.md', '.svg', '.yml', '.example', ''])

export const rooms = ['shared', 'widget', 'server', 'agent-console'] as const

/** Every text file of the repository; what is built or fetched is not ours. */
export function readRepository(root = '.'): Source[] {
  return list(root, '').map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

function list(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((one) => {
    if (notOurs.has(one.name)) return []
    const path = folder === '' ? one.name : `${folder}/${one.name}`
    if (one.isDirectory()) return list(root, path)
    return one.isFile() && texts.has(extname(one.name)) ? [path] : []
  })
}

export const isCode = ({ path }: Source): boolean => /\.tsx?$/.test(path)
export const isProduct = ({ path }: Source): boolean => rooms.some((room) => path.startsWith(`${room}/`))
export const roomOf = (path: string): string => path.split('/')[0] ?? ''
