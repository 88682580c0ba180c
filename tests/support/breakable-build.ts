import { readFile } from 'node:fs/promises'
import { build, type Plugin } from 'esbuild'
import { placeFiles } from './place-files.ts'

/** Beside the built server, so that it finds the packages and the public files where that one does. */
const outdir = 'dist/faults'
export const breakableMain = `${outdir}/main.js`

/** A server of another version, as far as its greeting goes: it speaks what `AHLAN_SPEAKS` says. */
const otherVersions: Plugin = {
  name: 'other-versions',
  setup({ onLoad }) {
    onLoad({ filter: /shared[\\/]wire\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8')
      const spoken = /(?<=protocolVersion = )\d+/
      if (!spoken.test(source)) throw new Error(`${path} says no protocol version.`)
      return { contents: source.replace(spoken, 'Number(process.env.AHLAN_SPEAKS ?? $&)'), loader: 'ts' }
    })
  },
}

/** Builds the server that tests break. Once for all files, before the first of them. */
export async function buildBreakableServer(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: {
      main: 'tests/support/breakable-main.ts',
      'history-worker': 'server/history/store-worker.ts',
    },
    ...{ outdir, bundle: true, platform: 'node', target: 'node20', format: 'esm', write: false },
    packages: 'external',
    plugins: [otherVersions],
    logLevel: 'warning',
  })
  await placeFiles(outdir, outputFiles)
}

export default buildBreakableServer
