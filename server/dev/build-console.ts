import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { build, type Metafile } from 'esbuild'

const folder = 'dist/public/console'
const entries = {
  SCRIPT: 'agent-console/main.tsx',
  STYLES: 'agent-console/ui/styles.css',
  ICON: 'agent-console/icon.svg',
}

/** The agents' console: one page, its script, its styles, its fonts; all but the page are named by their content. */
export async function buildConsole(): Promise<void> {
  const { metafile } = await build({
    entryPoints: Object.values(entries),
    outdir: folder,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.woff2': 'file', '.svg': 'copy' },
    metafile: true,
    logLevel: 'warning',
  })
  const page = await readFile('agent-console/index.html', 'utf8')
  await writeFile(`${folder}/index.html`, withNames(page, metafile))
}

function withNames(page: string, metafile: Metafile): string {
  const outputs = Object.entries(metafile.outputs)
  return Object.entries(entries).reduce((text, [slot, source]) => {
    const built = outputs.find(([, output]) => output.entryPoint === source)
    if (!built) throw new Error(`Nothing was built from ${source}`)
    return text.replace(slot, basename(built[0]))
  }, page)
}
