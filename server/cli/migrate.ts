import { join } from 'node:path'
import { fillStore, readAll } from '../history/transfer/stores.ts'
import { supplyFrom } from '../history/transfer/transfer.ts'
import { type Command, CommandFailed, type Desk } from './command.ts'
import { inWords } from './export.ts'
import { need } from './options.ts'
import { alone, configOf, exists } from './place.ts'

export const migrate: Command = {
  name: 'migrate',
  usage: 'migrate --to postgres://… | --to -',
  summary: 'Moves the history into an empty PostgreSQL (-: address on standard input). All or nothing.',
  async run(options, desk) {
    const config = configOf(desk)
    const databaseUrl = await addressGiven(need(options, 'to'), desk)
    if (config.databaseUrl)
      throw new CommandFailed('DATABASE_URL is set: unset it, the history to move lies in DATA_DIR.')
    const history = join(config.dataDir, 'history.db')
    if (!(await exists(history))) throw new CommandFailed(`There is no history in ${history}.`)
    const moved = await alone(config, () =>
      readAll({ ...config, databaseUrl: null }, (queries) =>
        fillStore({ ...config, databaseUrl }, supplyFrom(queries)),
      ),
    )
    desk.say(`Moved ${inWords(moved)}, and compared counts and checksums.`)
    desk.say(
      'Start the server with this address as DATABASE_URL, and keep DATA_DIR: the settings and the files stay there.',
    )
  },
}

async function addressGiven(given: string, desk: Desk): Promise<string> {
  const address = given === '-' ? (await desk.readInput()).trim() : given
  if (!/^postgres(ql)?:\/\//.test(address)) throw new CommandFailed('--to must be a postgres:// address.')
  if (given !== '-' && /^[^/]+\/\/[^/@]*:[^/@]+@/.test(address))
    desk.writeLog(
      'Others on this machine can read a password in the command line: `--to -` takes the address from standard input.\n',
    )
  return address
}
