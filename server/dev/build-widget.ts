import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type BuildOptions, build, type Plugin, transform } from 'esbuild'
import { limits, times } from '../../shared/limits.ts'

/**
 * Names that loader and chunks share with each other and with nothing else: neither with a packet, a page's
 * settings nor the browser. Shortened they keep the loader within its 2,000 bytes; they cost it fifty.
 */
const inner = [
  'timelines|pending|subscribe|memory|held|started|draw|gone|visit|takeView|viewedAt|label|button|answer|report',
  'emit|root|destroy|connection|connected|disconnected|announced|repaint|unstored',
]
/** Names of texts that are nothing else's. */
const texts = [
  'agentClosed|changeRating|closeChat|closedConversation|endCancel|endChat|endConfirm|endQuestion|inactiveClosed',
  'joined|leaveMessage|messageFrom|messagePlaceholder|openChatUnread|outdated|pastConversations|sendRating',
  'surveyQuestion|tooLong|typingMany|visitorClosed|writeAgain|yesterday',
]

/**
 * The widget's chunks and its loader, in `folder`. Chunks first, since the loader carries the hashed name of one;
 * but the loader, built once before for nothing else, chooses the short names, since its bytes are the dearest.
 */
export async function buildWidget(folder = 'dist/public'): Promise<void> {
  const { mangleCache: chosen = {} } = await build({ ...loaderOf('', folder), write: false, mangleCache: {} })
  const { metafile, mangleCache } = await build({
    ...shared,
    entryPoints: { door: 'widget/door.ts' },
    outdir: join(folder, 'w'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    mangleCache: chosen,
  })
  const { outputs } = metafile
  const door = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === 'widget/door.ts')
  if (!door) throw new Error('No chunk was built from widget/door.ts')
  await build({ ...loaderOf(basename(door), folder), mangleCache })
}

const loaderOf = (door: string, folder: string) =>
  ({
    ...shared,
    entryPoints: { widget: 'widget/loader.ts' },
    outdir: folder,
    format: 'iife',
    define: { DOOR: JSON.stringify(door) },
  }) satisfies BuildOptions

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

const shared = {
  mangleProps: new RegExp(`^(${[...inner, ...texts].join('|')})$`),
  charset: 'utf8',
  bundle: true,
  target: 'es2022',
  minify: true,
  logLevel: 'warning',
  plugins: [minifiedSheets, inlinedNumbers],
  metafile: true,
  // Without the project's own, by which an import that is not used any more would stay.
  tsconfigRaw: '{}',
} satisfies BuildOptions
