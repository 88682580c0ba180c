import { chmod, rm, symlink, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'

/** What people start, and what it opens: linked before it runs, that cannot say itself that Node is too old for it. */
const doors = { main: 'server', cli: 'commands' }

/** The server as plain JavaScript; packages stay in `node_modules`. */
export async function buildServer(): Promise<void> {
  await build({
    entryPoints: {
      server: 'server/main.ts',
      commands: 'server/cli/main.ts',
      'history-worker': 'server/history/store-worker.ts',
      'require-node': 'server/require-node.ts',
    },
    outdir: 'dist/server',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
  for (const [door, room] of Object.entries(doors))
    await writeFile(
      `dist/server/${door}.js`,
      `#!/usr/bin/env node\nimport './require-node.js'\nawait import('./${room}.js')\n`,
    )
  await linkCommand()
}

/** npm links the commands of dependencies only; `npx ahlan` in this very folder needs a link of its own. */
async function linkCommand(): Promise<void> {
  await chmod('dist/server/cli.js', 0o755)
  if (process.platform === 'win32') return
  await rm('node_modules/.bin/ahlan', { force: true })
  await symlink('../../dist/server/cli.js', 'node_modules/.bin/ahlan')
}
