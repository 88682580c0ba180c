import { readFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Plugin } from 'vitest/config'
import { placeFiles } from './place-files.ts'

/** Beside the built server, so that it finds the packages. */
const outdir = 'dist/tests'
const source = './store-worker-from-source.mjs'

/** Every history has threads: from source each would start a compiler of its own, which takes longer than most tests. */
export const builtThread: Plugin = {
  name: 'built-thread',
  enforce: 'pre',
  async load(id) {
    if (!/server[\\/]history[\\/]store-thread\.ts$/.test(id)) return null
    const code = await readFile(id, 'utf8')
    if (!code.includes(source)) throw new Error(`${id} names no ${source}.`)
    return code.replace(source, pathToFileURL(`${outdir}/history-worker.js`).href)
  },
}

/** Builds the thread as the server's build does. Once for all files, before the first of them. */
export default async function buildThread(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: { 'history-worker': 'server/history/store-worker.ts' },
    ...{ outdir, bundle: true, platform: 'node', target: 'node20', format: 'esm', write: false },
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  })
  await placeFiles(outdir, outputFiles)
}
