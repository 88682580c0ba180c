import { basename } from 'node:path'
import { build } from 'esbuild'

/** Chunks first, since the loader carries their hashed names. */
export async function buildWidget(): Promise<void> {
  const chunks = await build({
    entryPoints: { live: 'widget/live.ts', chat: 'widget/chat.tsx' },
    outdir: 'dist/public/w',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.css': 'text' },
    metafile: true,
    logLevel: 'warning',
  })
  const nameOf = (entry: string): string => {
    const found = Object.entries(chunks.metafile.outputs).find(([, output]) => output.entryPoint === entry)
    if (!found) throw new Error(`No chunk was built from ${entry}`)
    return basename(found[0])
  }
  await build({
    entryPoints: { widget: 'widget/loader.ts' },
    outdir: 'dist/public',
    bundle: true,
    format: 'iife',
    target: 'es2022',
    minify: true,
    define: {
      LIVE_CHUNK: JSON.stringify(nameOf('widget/live.ts')),
      CHAT_CHUNK: JSON.stringify(nameOf('widget/chat.tsx')),
    },
    logLevel: 'warning',
  })
}
