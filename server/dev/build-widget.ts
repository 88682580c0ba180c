import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin, transform } from 'esbuild'
import { limits, times } from '../../shared/limits.ts'

/**
 * Names that loader and chunks share with each other and with nothing else: neither with a packet, a page's
 * settings nor the browser. Shortened they keep the loader within its 2,000 bytes; they cost it fifty.
 */
const inner = [
  'timelines|pending|subscribe|memory|held|started|draw|gone|visit|takeView|viewedAt|label|button|answer|report',
  'emit|load|root|destroy|settings|connection|connected|disconnected|announced|repaint|unstored',
  'askToEnd|loadKit|handOver',
]
/** Names of texts that are nothing else's, and by which none is looked up. */
const texts = [
  'agentClosed|closeChat|closedConversation|endCancel|endChat|endConfirm|endQuestion|inactiveClosed',
  'joined|leaveMessage|messageFrom|messagePlaceholder|openChatUnread|pastConversations',
  'tooLong|typingMany|visitorClosed|writeAgain|yesterday',
]

const shared = {
  mangleProps: new RegExp(`^(${[...inner, ...texts].join('|')})$`),
  charset: 'utf8',
  bundle: true,
  target: 'es2022',
  minify: true,
  logLevel: 'warning',
  metafile: true,
  // Without the project's own, by which an import that is not used any more would stay.
  tsconfigRaw: '{}',
} as const

const door = 'widget/door.ts'

/**
 * The widget's chunks and its loader, in `folder`. Chunks first, since the loader carries the hashed name of one;
 * but the loader, built once before for nothing else, chooses the short names, since its bytes are the dearest.
 */
export async function buildWidget(folder = 'dist/public'): Promise<void> {
  const { mangleCache: names } = await buildLoader('', { folder, names: {}, write: false })
  const scattered = await buildChunks({ folder, names, write: false })
  const chunks = await buildChunks({ folder, names, together: scattered.metafile })
  const { outputs } = chunks.metafile
  refuseShortenedExports(outputs)
  const first = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === door)
  if (!first) throw new Error(`No chunk was built from ${door}`)
  await buildLoader(basename(first), { folder, names: chunks.mangleCache })
}

/** A module keeps the names it exports, also where whoever imports it late asks for the shortened one. */
export function refuseShortenedExports(outputs: Record<string, { exports: string[] }>): void {
  const lost = Object.values(outputs).flatMap(({ exports }) =>
    exports.filter((name) => shared.mangleProps.test(name)),
  )
  if (lost.length > 0)
    throw new Error(`These names are exported and must not be shortened: ${lost.join(', ')}`)
}

interface WidgetOptions {
  folder: string
  /** Short names chosen so far. */
  names: BuildOptions['mangleCache']
  write?: boolean
}

const buildLoader = (first: string, { folder, names = {}, write = true }: WidgetOptions) =>
  build({
    ...shared,
    write,
    entryPoints: { widget: 'widget/loader.ts' },
    outdir: folder,
    format: 'iife',
    mangleCache: names,
    define: { DOOR: JSON.stringify(first) },
    plugins: [minifiedSheets, source()],
  })

interface ChunkOptions extends WidgetOptions {
  /** What an earlier build found out: whatever it put beside the chunks is to be one file. */
  together?: Metafile
}

function buildChunks({ folder, names = {}, write = true, together }: ChunkOptions) {
  return build({
    ...shared,
    write,
    entryPoints: { live: door },
    outdir: join(folder, 'w'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins: [minifiedSheets, source(together && sharing(together))],
    mangleCache: names,
  })
}

/**
 * By each chunk, the modules that several of them need. A bundler makes one file for each set of chunks that
 * need the same; a page would ask for six before the socket. What the door brings with it stands in one, and in
 * another what only the panel and its parts share: nobody who has not opened it downloads that.
 */
function sharing({ outputs }: Metafile): Map<string, string[]> {
  const reached = (paths: string[]): string[] => [
    ...paths,
    ...paths.flatMap((path) => reached(importedBy(path))),
  ]
  const importedBy = (path: string) =>
    (outputs[path]?.imports ?? []).flatMap(({ kind, path }) => (kind === 'import-statement' ? path : []))
  const modules = (paths: string[]) => paths.flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}))
  const entries = Object.keys(outputs).filter((path) => outputs[path]?.entryPoint)
  const early = reached(entries.filter((path) => outputs[path]?.entryPoint === door))
  const late = Object.keys(outputs).filter((path) => !entries.includes(path) && !early.includes(path))
  return new Map(
    entries.flatMap((path): [string, string[]][] => {
      const found = reached(importedBy(path))
      const entry = outputs[path]?.entryPoint
      const shared = found.some((one) => late.includes(one)) ? [...early, ...late] : early
      return entry && found.length ? [[resolve(entry), modules(shared).map((one) => resolve(one))]] : []
    }),
  )
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
 * an object of numbers whole: a seventh of the loader. `more` names what a module imports besides.
 */
const source = (more = new Map<string, string[]>()): Plugin => ({
  name: 'source',
  setup({ onLoad }) {
    onLoad({ filter: /\/(widget|shared)\/.*\.tsx?$/ }, async ({ path }) => {
      const written = await readFile(path, 'utf8')
      const inlined = written.replace(/\b(limits|times)\.(\w+)\b(?!')/g, (_, table, name) =>
        numberOf(table, name),
      )
      const besides = (more.get(path) ?? []).map((one) => `import ${JSON.stringify(one)}`)
      return { contents: [inlined, ...besides].join('\n'), loader: path.endsWith('x') ? 'tsx' : 'ts' }
    })
  },
})

function numberOf(table: 'limits' | 'times', name: string): string {
  const found = new Map(Object.entries<number>({ limits, times }[table])).get(name)
  if (found === undefined) throw new Error(`No number is called ${table}.${name}`)
  return `${found}`
}
