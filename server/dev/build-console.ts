import { copyFile } from 'node:fs/promises'
import { build } from 'esbuild'

/** The agents' console: one page, its script, its styles, its fonts. */
export async function buildConsole(): Promise<void> {
  await build({
    entryPoints: { app: 'agent-console/main.tsx' },
    outdir: 'dist/public/console',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.woff2': 'file' },
    assetNames: '[name]-[hash]',
    logLevel: 'warning',
  })
  await copyFile('agent-console/index.html', 'dist/public/console/index.html')
}
