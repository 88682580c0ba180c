import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a browser downloads, in bytes of brotli. */
export interface WidgetSizes {
  loader: number
  /** All it takes to open the panel and chat, the loader and the longest language included. */
  chat: number
  files: { name: string; size: number }[]
}

const isLanguage = (name: string): boolean => /^w\/(en|ar|fa)-/.test(name)
/** Loaded only where it has something to do. */
const isOptional = (name: string): boolean =>
  /^w\/(proactive|offers|telling|api|commands|polling|files|older|survey)-/.test(name)

/** Sizes of the compressed widget below `folder`. */
export async function widgetSizes(folder: string): Promise<WidgetSizes> {
  const chunks = (await readdir(join(folder, 'w'))).filter((name) => name.endsWith('.js'))
  const names = ['widget.js', ...chunks.map((name) => `w/${name}`)]
  const files = await Promise.all(
    names.map(async (name) => ({ name, size: (await stat(join(folder, `${name}.br`))).size })),
  )
  const sum = (fits: (name: string) => boolean) =>
    files.reduce((total, { name, size }) => total + (fits(name) ? size : 0), 0)
  const language = Math.max(...files.map(({ name, size }) => (isLanguage(name) ? size : 0)))
  return {
    files,
    loader: sum((name) => name === 'widget.js'),
    chat: language + sum((name) => !isLanguage(name) && !isOptional(name)),
  }
}
