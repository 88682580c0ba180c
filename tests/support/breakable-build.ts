import { mkdir, rename, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'

/** Beside the built server, so that it finds the packages and the public files where that one does. */
const outdir = 'dist/faults'
export const breakableMain = `${outdir}/main.js`

/** Builds the server that tests break. Once for all files, before the first of them. */
export async function buildBreakableServer(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: {
      main: 'tests/support/breakable-main.ts',
      'history-worker': 'server/history/sqlite-worker.ts',
    },
    ...{ outdir, bundle: true, platform: 'node', target: 'node20', format: 'esm', write: false },
    packages: 'external',
    logLevel: 'warning',
  })
  await mkdir(outdir, { recursive: true })
  // Another run may start a server from these files at any moment.
  for (const { path, contents } of outputFiles) {
    await writeFile(`${path}.${process.pid}`, contents)
    await rename(`${path}.${process.pid}`, path)
  }
}

export default buildBreakableServer
