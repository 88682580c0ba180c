import { readdir, readFile } from 'node:fs/promises'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { locales } from '../../../shared/locale.ts'
import { type Figure, figure } from './figures.ts'

const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(2)} kB`

interface Weight {
  raw: number
  gzip: number
  brotli: number
}

/**
 * What a browser downloads to open the panel and chat: the loader, the live chunk, the chat chunk, what they
 * share, and the longest of the languages.
 */
export async function measureBytes(): Promise<Figure[]> {
  const chunks = (await readdir('dist/public/w')).filter((name) => name.endsWith('.js'))
  const loader = await weigh(['dist/public/widget.js'])
  const named = (prefix: string) =>
    chunks.filter((name) => name.startsWith(`${prefix}-`)).map((name) => `dist/public/w/${name}`)
  const live = await weigh(named('live'))
  const chat = await weigh(named('chat'))
  const shared = await weigh(named('chunk'))
  const languages = await Promise.all(locales.map((locale) => weigh(named(locale))))
  const language = languages.reduce((one, other) => (other.brotli > one.brotli ? other : one))
  const total = add(loader, live, chat, shared, language)
  return [
    byteFigure('widget.loader', loader),
    byteFigure('widget.live', live),
    byteFigure('widget.chat', chat),
    byteFigure('widget.shared', shared),
    byteFigure('widget.language', language),
    byteFigure('widget.total', total),
  ]
}

const byteFigure = (id: string, { raw, gzip, brotli }: Weight): Figure =>
  figure(`${id}.brotli`, brotli, 'bytes', { note: `raw ${kilobytes(raw)}, gzip ${kilobytes(gzip)}` })

async function weigh(paths: string[]): Promise<Weight> {
  const files = await Promise.all(paths.map((path) => readFile(path)))
  return add(
    ...files.map((bytes) => ({
      raw: bytes.length,
      gzip: gzipSync(bytes, { level: 9 }).length,
      brotli: brotliCompressSync(bytes).length,
    })),
  )
}

const add = (...weights: Weight[]): Weight =>
  weights.reduce(
    (sum, one) => ({ raw: sum.raw + one.raw, gzip: sum.gzip + one.gzip, brotli: sum.brotli + one.brotli }),
    { raw: 0, gzip: 0, brotli: 0 },
  )
