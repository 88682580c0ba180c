import { runServer } from '../run-server.ts'
import type { Command } from './command.ts'

export const serveCommand: Command = {
  name: 'serve',
  usage: 'serve',
  summary: 'Runs the server.',
  run: (_options, desk) => runServer(desk),
}
