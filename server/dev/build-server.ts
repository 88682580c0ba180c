import { chmod, rm, symlink } from 'node:fs/promises'
import { build } from 'esbuild'

/** The server as plain JavaScript; packages stay in `node_modules`. */
export async function buildServer(): Promise<void> {
  await build({
    entryPoints: {
      main: 'server/main.ts',
      cli: 'server/cli/main.ts',
      'history-worker': 'server/history/store-worker.ts',
    },
    banner: { js: '#!/usr/bin/env node' },
    outdir: 'dist/server',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
  await linkCommand()
}

/** npm links the commands of dependencies only; `npx ahlan` in this very folder needs a link of its own. */
async function linkCommand(): Promise<void> {
  await chmod('dist/server/cli.js', 0o755)
  if (process.platform === 'win32') return
  await rm('node_modules/.bin/ahlan', { force: true })
  await symlink('../../dist/server/cli.js', 'node_modules/.bin/ahlan')
}
