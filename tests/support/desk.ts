import type { Command, Desk } from '../../server/cli/command.ts'

export interface Errand {
  /** Collects the lines, also of a command that fails. */
  said?: string[]
  env: Record<string, string>
  operands?: string[]
  options?: Record<string, string>
  input?: string
  publicDir?: string
}

/** Runs a command within this process; answers the lines it said. */
export async function runCommand(command: Command, errand: Errand): Promise<string[]> {
  const { env, said = [], operands = [], options = {}, input = '', publicDir = 'dist/public' } = errand
  const desk: Desk = {
    ...{ env, publicDir },
    say: (line) => said.push(line),
    writeLog: (line) => said.push(line),
    readInput: async () => input,
  }
  await command.run(options, desk, operands)
  return said
}
