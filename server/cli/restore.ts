import { rename } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { flush } from '../flush.ts'
import { readBackup, restoreHistory } from '../history/transfer/backup-file.ts'
import { bringUpToDate } from '../history/transfer/stores.ts'
import { parseDocument } from '../workspace/document.ts'
import { placeDocument, refuseOthers } from '../workspace/stored.ts'
import { inWords } from './backup.ts'
import { type Command, CommandFailed } from './command.ts'
import { carrierOf, filesIn } from './files.ts'
import { alone, configOf, exists, withScratch } from './place.ts'

export const restore: Command = {
  name: 'restore',
  usage: 'restore FILE',
  summary: 'Puts a backup into an empty DATA_DIR (and an empty database, if DATABASE_URL is set).',
  operands: ['FILE'],
  async run(_options, desk, [given = '']) {
    const config = configOf(desk)
    const { dataDir, databaseUrl } = config
    const file = resolve(given)
    const { settings, counts } = readBackup(file)
    const files = carrierOf(filesIn(dataDir))
    const document = parseDocument(settings, `The settings in ${file}`)
    await alone(config, async () => {
      const history = join(dataDir, 'history.db')
      if (!databaseUrl) await refuseHistory(history)
      await refuseOthers(dataDir, document)
      await withScratch(dataDir, async (scratch) => {
        // The history comes last: until then the command can be repeated.
        await restoreHistory(file, { place: config, scratch, files }, () => placeDocument(dataDir, document))
        if (!databaseUrl) await putInPlace(join(scratch, 'history.db'), history)
      })
      // Whom the list beside the store names was erased after the backup was made.
      await bringUpToDate(config)
    })
    desk.say(`Restored ${inWords(counts)} and the settings. Everybody signs in again.`)
  },
}

/** A log of another database, left by a crash, would be played into the restored one. */
async function refuseHistory(file: string): Promise<void> {
  for (const one of [file, `${file}-wal`, `${file}-journal`])
    if (await exists(one)) throw new CommandFailed(`${one} exists already: restore into an empty DATA_DIR.`)
}

async function putInPlace(made: string, file: string): Promise<void> {
  await flush(made)
  await rename(made, file)
  await flush(join(file, '..'))
}
