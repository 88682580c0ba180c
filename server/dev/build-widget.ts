import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { build, type Plugin, transform } from 'esbuild'
import { limits, times } from '../../shared/limits.ts'

/** Names that loader and chunks share with each other and with nothing else. */
const inner = /^(memory|settings|viewedAt|held|started|draw|gone|visit|takeView|label|button|answer)$/

const shared = {
  mangleProps: inner,
  charset: 'utf8',
  bundle: true,
  target: 'es2022',
  minify: true,
  logLevel: 'warning',
  metafile: true,
} as const

/**
 * The widget's chunks and its loader, in `folder`. Chunks first, since the loader carries their hashed names.
 * @returns the chunks each entry needs, as paths below `folder`
 */
export async function buildWidget(folder = 'dist/public'): Promise<void> {
  const chunks = await build({
    ...shared,
    entryPoints: { live: 'widget/live.ts', api: 'widget/page/api.ts' },
    outdir: join(folder, 'w'),
    mangleCache: {},
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins,
  })
  const nameOf = (entry: string): string => {
    const found = Object.entries(chunks.metafile.outputs).find(([, output]) => output.entryPoint === entry)
    if (!found) throw new Error(`No chunk was built from ${entry}`)
    return basename(found[0])
  }
  await build({
    ...shared,
    entryPoints: { widget: 'widget/loader.ts' },
    tsconfigRaw: '{}',
    mangleCache: chunks.mangleCache,
    outdir: folder,
    format: 'iife',
    define: {
      CHUNKS: JSON.stringify({
        live: nameOf('widget/live.ts'),
        api: nameOf('widget/page/api.ts'),
      }),
    },
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

/** `shared/` has no side effects, by its own rule: what is not used is not downloaded. */
const sideEffectFree: Plugin = {
  name: 'side-effect-free',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /\/shared\// }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === sideEffectFree) return undefined
      const found = await resolve(path, { ...rest, pluginData: sideEffectFree })
      return { ...found, sideEffects: false }
    })
  },
}

/** Schemas are for the server: marked as pure calls, they are dropped from what a browser downloads. */
const withoutSchemas: Plugin = {
  name: 'without-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /\/shared\/.*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      return {
        contents: source.replace(/\b(v\.\w+|text|optionalText|id)\(/g, '/* @__PURE__ */ $&'),
        loader: 'ts',
      }
    })
  },
}

/** The numbers both ends share are written into the code where they are used. */
const inlinedNumbers: Plugin = {
  name: 'inlined-numbers',
  setup({ onLoad }) {
    onLoad({ filter: /\/widget\/.*\.tsx?$/ }, async ({ path }) => {
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

export const plugins = [minifiedSheets, withoutSchemas, inlinedNumbers, sideEffectFree]
