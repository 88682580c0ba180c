import type { Surroundings } from '../serve.ts'

/** What a command may use of the outside. */
export interface Desk extends Surroundings {
  /** All of standard input. */
  readInput(): Promise<string>
}

export interface Command {
  /** As typed, such as `owner create`. */
  name: string
  usage: string
  summary: string
  /** What follows the name, such as FILE; all of them have to be given, and no others. */
  operands?: readonly string[]
  /** Throws `CommandFailed` with one clear line. */
  run(options: Readonly<Record<string, string>>, desk: Desk, operands: readonly string[]): Promise<void>
}

/** Ends the command with exit code 1 and this one line. */
export class CommandFailed extends Error {
  override name = 'CommandFailed'
}
