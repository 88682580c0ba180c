import { build } from 'esbuild'

/** Beside the built server, so that it finds the packages and the public files where that one does. */
const outdir = 'dist/faults'
export const breakableMain = `${outdir}/main.js`

/** Builds the server that tests break. Once for all files, before the first of them. */
export async function buildBreakableServer(): Promise<void> {
  await build({
    entryPoints: {
      main: 'tests/support/breakable-main.ts',
      'history-worker': 'server/history/sqlite-worker.ts',
    },
    ...{ outdir, bundle: true, platform: 'node', target: 'node20', format: 'esm' },
    packages: 'external',
    logLevel: 'warning',
  })
}

export default buildBreakableServer
