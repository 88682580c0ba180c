import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build, type Plugin, transform } from 'esbuild'
import { limits, times } from '../../shared/limits.ts'

/**
 * Names that loader and chunks share with each other and with nothing else: neither with a packet, a page's
 * settings nor the browser. Shortened they keep the loader within its 2,000 bytes; they cost it fifty.
 */
const inner =
  /^(timelines|pending|subscribe|memory|held|started|draw|gone|visit|takeView|viewedAt|label|button|answer|report|emit|root|destroy)$/

const shared = {
  mangleProps: inner,
  charset: 'utf8',
  bundle: true,
  target: 'es2022',
  minify: true,
  logLevel: 'warning',
  metafile: true,
  // Without the project's own, by which an import that is not used any more would stay.
  tsconfigRaw: '{}',
} as const

/** The widget's chunks and its loader, in `folder`. Chunks first, since the loader carries the hashed name of one. */
export async function buildWidget(folder = 'dist/public'): Promise<void> {
  const chunks = await build({
    ...shared,
    entryPoints: { door: 'widget/door.ts' },
    outdir: join(folder, 'w'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins,
    mangleCache: {},
  })
  const { outputs } = chunks.metafile
  const door = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === 'widget/door.ts')
  if (!door) throw new Error('No chunk was built from widget/door.ts')
  await build({
    ...shared,
    entryPoints: { widget: 'widget/loader.ts' },
    outdir: folder,
    format: 'iife',
    mangleCache: chunks.mangleCache,
    define: { DOOR: JSON.stringify(basename(door)) },
    plugins,
  })
}

/** A sheet is imported as its minified text, to be adopted by a shadow root. */
const minifiedSheets: Plugin = {
  name: 'minified-sheets',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true })
      return { contents: code.trim(), loader: 'text' }
    })
  },
}

/**
 * The numbers both ends share are written into the code where they are used, since a bundler keeps
 * an object of numbers whole: a seventh of the loader.
 */
const inlinedNumbers: Plugin = {
  name: 'inlined-numbers',
  setup({ onLoad }) {
    onLoad({ filter: /\/(widget|shared)\/.*\.tsx?$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const contents = source.replace(/\b(limits|times)\.(\w+)\b(?!')/g, (_, table, name) =>
        numberOf(table, name),
      )
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' }
    })
  },
}

function numberOf(table: 'limits' | 'times', name: string): string {
  const found = new Map(Object.entries<number>({ limits, times }[table])).get(name)
  if (found === undefined) throw new Error(`No number is called ${table}.${name}`)
  return `${found}`
}

const plugins = [minifiedSheets, inlinedNumbers]
