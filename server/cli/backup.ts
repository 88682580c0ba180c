import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Counts, makeBackup } from '../history/transfer/backup-file.ts'
import { documentText } from '../workspace/durable-file.ts'
import { storedDocument } from '../workspace/stored.ts'
import { type Command, CommandFailed } from './command.ts'
import { carrierOf, filesIn } from './files.ts'
import { nameFlushed } from './flushed.ts'
import { configOf, exists, withScratch } from './place.ts'

/** The server may be running: it is neither stopped nor held up. */
export const backup: Command = {
  name: 'backup',
  usage: 'backup FILE',
  summary: 'Puts history, files and settings into one new file, also while the server runs.',
  operands: ['FILE'],
  async run(_options, desk, [given = '']) {
    const config = configOf(desk)
    const file = resolve(given)
    if (await exists(file)) throw new CommandFailed(`${file} exists already: nothing is overwritten.`)
    const settings = async () => documentText(await storedDocument(config.dataDir))
    const counts = await withScratch(dirname(file), async (scratch) => {
      const made = await makeBackup(config, scratch, { settings, files: carrierOf(filesIn(config.dataDir)) })
      await nameFlushed(made.file, file)
      return made.counts
    })
    const { size } = await stat(file)
    desk.say(`Backed up ${inWords(counts)} and the settings to ${file} (${size} bytes), and checked it.`)
  },
}

export const inWords = ({ conversations, entries, visitors, pageViews }: Counts): string =>
  `${conversations} conversations with ${entries} entries, ${visitors} visitors, ${pageViews} page views`
