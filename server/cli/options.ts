import { CommandFailed } from './command.ts'

/** `--name value` and `--name=value`; everything else is a word. */
export function readOptions(args: readonly string[]): {
  words: string[]
  options: Record<string, string>
} {
  const words: string[] = []
  const options: Record<string, string> = {}
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (!arg.startsWith('--')) {
      words.push(arg)
      continue
    }
    const [name = '', inline] = arg.slice(2).split(/=(.*)/s)
    const value = inline ?? args[++i]
    if (value === undefined) throw new CommandFailed(`--${name} needs a value.`)
    options[name] = value
  }
  return { words, options }
}

/** The option, or a failure that says which one is missing. */
export function need(options: Readonly<Record<string, string>>, name: string): string {
  const value = options[name]
  if (!value?.trim()) throw new CommandFailed(`--${name} is missing.`)
  return value
}
