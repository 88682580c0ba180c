import '../require-node.ts'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { buildConsole } from './build-console.ts'
import { buildDemo } from './build-demo.ts'
import { buildServer } from './build-server.ts'
import { buildWidget } from './build-widget.ts'
import { compressTree } from './compress.ts'
import { isFresh, stampFile } from './freshness.ts'
import { widgetSizes } from './widget-sizes.ts'

/** Builds everything into `dist/`; with `--if-needed` only when a source is newer than the last build. */
export async function build(): Promise<void> {
  await rm('dist', { recursive: true, force: true })
  await mkdir('dist/public', { recursive: true })
  await Promise.all([buildServer(), buildWidget(), buildConsole(), buildDemo()])
  await compressTree('dist/public')
  await writeFile(stampFile, '')
  const { loader, chat } = await widgetSizes('dist/public')
  console.log(`Widget, brotli: loader ${loader} bytes, everything to open and chat ${chat} bytes`)
}

if (!process.argv.includes('--if-needed') || !(await isFresh())) await build()
