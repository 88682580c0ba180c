import { build } from 'esbuild'

const subjects = ['floor-relay', 'floor-discard', 'house'] as const
export type SubjectName = (typeof subjects)[number]

/** Bundles what is measured just as the server itself is bundled, so that both run the same kind of code. */
export async function buildSubjects(): Promise<void> {
  await build({
    entryPoints: {
      ...Object.fromEntries(subjects.map((name) => [name, `server/dev/bench/${name}.ts`])),
      'history-worker': 'server/history/store-worker.ts',
    },
    outdir: 'dist/bench',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  })
}
