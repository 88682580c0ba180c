import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

export interface Asset {
  type: string
  etag: string
  plain: Buffer
  br: Buffer | null
  gz: Buffer | null
}

/** Every built file by its path. Only what is listed here can be served, so no path can climb out. */
export type Assets = ReadonlyMap<string, Asset>

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
}

/** Reads the built files once; they are a few megabytes and never change while we run. */
export async function loadAssets(folder: string): Promise<Assets> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(nothing)
  const paths = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  const bytes = new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path)] as const)))
  const assets = new Map<string, Asset>()
  for (const [path, plain] of bytes) {
    const type = types[extname(path)]
    if (!type) continue
    assets.set(`/${relative(folder, path).split(sep).join('/')}`, {
      type,
      etag: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
      plain,
      br: bytes.get(`${path}.br`) ?? null,
      gz: bytes.get(`${path}.gz`) ?? null,
    })
  }
  return assets
}

function nothing(fault: NodeJS.ErrnoException): [] {
  if (fault.code === 'ENOENT') return []
  throw fault
}
