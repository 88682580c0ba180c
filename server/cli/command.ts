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
  /** Throws `CommandFailed` with one clear line. */
  run(options: Readonly<Record<string, string>>, desk: Desk): Promise<void>
}

/** Ends the command with exit code 1 and this one line. */
export class CommandFailed extends Error {
  override name = 'CommandFailed'
}
