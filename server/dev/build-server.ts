import { build } from 'esbuild'

/** The server as plain JavaScript; packages stay in `node_modules`. */
export async function buildServer(): Promise<void> {
  await build({
    entryPoints: { main: 'server/main.ts', 'history-worker': 'server/history/sqlite-worker.ts' },
    outdir: 'dist/server',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
}
