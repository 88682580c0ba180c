import { mkdir, rename, writeFile } from 'node:fs/promises'

/** Puts what was built in its place, each file at once: another run may start from these files at any moment. */
export async function placeFiles(
  outdir: string,
  files: readonly { path: string; contents: Uint8Array }[],
): Promise<void> {
  await mkdir(outdir, { recursive: true })
  for (const { path, contents } of files) {
    await writeFile(`${path}.${process.pid}`, contents)
    await rename(`${path}.${process.pid}`, path)
  }
}
