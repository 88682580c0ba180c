import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { count } from '../../shared/text/fields.ts'
import { startTally, type Tally } from '../history/transfer/tally.ts'
import { CommandFailed } from './command.ts'

/** An export: a directory with a file of JSON lines for each kind, and this, which is written last. */
const Manifest = v.strictObject({
  format: v.literal(1, 'is of another version of Ahlan'),
  /** What of the settings is no list. */
  settings: v.record(v.string(), v.unknown()),
  kinds: v.record(
    v.pipe(v.string(), v.regex(/^[a-z][\w-]*$/i)),
    v.strictObject({ lines: count, sha256: v.string() }),
  ),
})
export type Manifest = v.InferOutput<typeof Manifest>

const manifestFile = 'manifest.json'
const fileOf = (directory: string, kind: string): string => join(directory, `${kind}.jsonl`)

export async function writeManifest(directory: string, manifest: Manifest): Promise<void> {
  const handle = await open(join(directory, manifestFile), 'wx', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify(manifest, null, 2)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function readManifest(directory: string): Promise<Manifest> {
  const file = join(directory, manifestFile)
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandFailed(`${file} cannot be read: ${directory} is no finished export.`)
  })
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Manifest), text)
  if (parsed.success) return parsed.output
  const [issue] = parsed.issues
  throw new CommandFailed(`${file} cannot be used: ${v.getDotPath(issue) ?? 'it'} ${issue.message}.`)
}

/** Writes and flushes a new file of this kind. */
export async function writeLines(
  directory: string,
  kind: string,
  lines: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): Promise<Tally> {
  const tally = startTally()
  const handle = await open(fileOf(directory, kind), 'wx', 0o600)
  try {
    for await (const some of lines) {
      if (some.length > 0) await handle.writeFile(`${some.join('\n')}\n`)
      tally.add(some)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return tally.result()
}

const atOnce = 1_000

/**
 * The lines of a file, some at a time. Only a line feed ends one: Node's `readline` would also cut at
 * U+2028, which people may write in a message.
 */
export async function* readLines(directory: string, kind: string): AsyncGenerator<string[]> {
  let rest = ''
  let ready: string[] = []
  for await (const chunk of createReadStream(fileOf(directory, kind), 'utf8')) {
    const parts = (rest + String(chunk)).split('\n')
    rest = parts.pop() ?? ''
    for (const line of parts) {
      ready.push(line)
      if (ready.length < atOnce) continue
      yield ready
      ready = []
    }
  }
  if (rest) ready.push(rest)
  if (ready.length > 0) yield ready
}
