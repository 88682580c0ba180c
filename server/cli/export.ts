import { mkdir, readdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { flush } from '../flush.ts'
import type { Queries } from '../history/engine.ts'
import { kinds } from '../history/transfer/kinds.ts'
import { snapshot } from '../history/transfer/snapshot.ts'
import { type Place, readAll } from '../history/transfer/stores.ts'
import type { Tally } from '../history/transfer/tally.ts'
import { storedDocument } from '../workspace/stored.ts'
import { type Command, CommandFailed } from './command.ts'
import { writeLines, writeManifest } from './export-lines.ts'
import { takeApart } from './export-settings.ts'
import { exportFiles, filesIn } from './files.ts'
import { configOf, withScratch } from './place.ts'

/** The server may be running. What is written is as secret as the data directory. */
export const exportCommand: Command = {
  name: 'export',
  usage: 'export DIR',
  summary:
    'Writes everything as JSON lines, and the files, into a new directory, also while the server runs.',
  operands: ['DIR'],
  async run(_options, desk, [given = '']) {
    const config = configOf(desk)
    const directory = resolve(given)
    await makeEmpty(directory)
    const written: Record<string, Tally> = {}
    await readConsistently(config, directory, async (queries) => {
      for (const { name, lines } of kinds) written[name] = await writeLines(directory, name, lines(queries))
      await exportFiles(queries, filesIn(config.dataDir), filesIn(directory))
    })
    // After the history, so that the settings know every site and agent it speaks of.
    const { single, lists } = takeApart(await storedDocument(config.dataDir))
    for (const [name, lines] of Object.entries(lists))
      written[name] = await writeLines(directory, name, [lines])
    await writeManifest(directory, { format: 1, settings: single, kinds: written })
    await flush(directory)
    desk.say(`Exported ${inWords(written)} to ${directory}.`)
  },
}

export const inWords = (written: Readonly<Record<string, Tally>>): string =>
  Object.entries(written)
    .map(([name, { lines }]) => `${lines} ${name}`)
    .join(', ')

async function makeEmpty(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  if ((await readdir(directory)).length > 0)
    throw new CommandFailed(`${directory} is not empty: choose a new directory, or empty this one.`)
}

/** The embedded store is copied first, since the server may go on writing; a database keeps the moment itself. */
async function readConsistently(
  from: Place,
  directory: string,
  read: (queries: Queries) => Promise<void>,
): Promise<void> {
  if (from.databaseUrl) return readAll(from, read)
  await withScratch(directory, async (scratch) => readAll(await snapshot(from, scratch), read))
}
