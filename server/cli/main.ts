import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { openDemoHouse } from '../demo/demo-house.ts'
import { explain } from '../run-server.ts'
import { backup } from './backup.ts'
import { type Command, CommandFailed, type Desk } from './command.ts'
import { doctor } from './doctor.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { migrate } from './migrate.ts'
import { readOptions } from './options.ts'
import { ownerCreate } from './owner-create.ts'
import { rebuildMetrics } from './rebuild-metrics.ts'
import { restore } from './restore.ts'
import { serveCommand } from './serve.ts'
import { siteCreate } from './site-create.ts'

const commands: readonly Command[] = [
  ...[serveCommand, ownerCreate, siteCreate],
  ...[backup, restore, exportCommand, importCommand, migrate],
  ...[rebuildMetrics, doctor],
]

const desk: Desk = {
  env: process.env,
  publicDir: fileURLToPath(new URL('../public', import.meta.url)),
  say: (line) => process.stdout.write(`${line}\n`),
  writeLog: (line) => process.stderr.write(line),
  readInput: () => text(process.stdin),
  seedDemo: openDemoHouse,
}

const usage = (): string =>
  ['Usage: ahlan COMMAND', ...commands.map((one) => `  ${one.usage.padEnd(76)} ${one.summary}`)].join('\n')

async function run(args: readonly string[]): Promise<void> {
  const { words, options } = readOptions(args)
  const typed = words.join(' ')
  if (typed === '' || typed === 'help') return desk.say(usage())
  const command = commands.find((one) => typed === one.name || typed.startsWith(`${one.name} `))
  if (!command) throw new CommandFailed(`There is no command "${typed}". Try: ahlan help`)
  const operands = words.slice(command.name.split(' ').length)
  if (operands.length !== (command.operands ?? []).length)
    throw new CommandFailed(`Type it as: ahlan ${command.usage}`)
  await command.run(options, desk, operands)
}

try {
  await run(process.argv.slice(2))
} catch (fault) {
  process.stderr.write(`${fault instanceof CommandFailed ? fault.message : explain(fault)}\n`)
  process.exitCode = 1
}
