import { type Command, CommandFailed } from './command.ts'

const notYet = (name: string, usage: string): Command => ({
  name,
  usage,
  summary: 'Not available yet.',
  async run() {
    throw new CommandFailed(`${name} is not available yet.`)
  },
})

/** Named already, so that scripts fail with a clear line and not with a guess. */
export const notYetCommands: readonly Command[] = [
  notYet('backup', 'backup FILE'),
  notYet('export', 'export DIR'),
  notYet('import', 'import DIR'),
  notYet('migrate', 'migrate --to URL'),
  notYet('rebuild-metrics', 'rebuild-metrics'),
]
