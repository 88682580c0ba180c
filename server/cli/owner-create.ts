import * as v from 'valibot'
import { Password } from '../../shared/agent.ts'
import { limits } from '../../shared/limits.ts'
import { email, line } from '../../shared/text/fields.ts'
import { type Command, CommandFailed } from './command.ts'
import { need } from './options.ts'
import { withStores } from './stores.ts'

/** The password comes from standard input, since arguments stand in the process list and the shell's history. */
export const ownerCreate: Command = {
  name: 'owner create',
  usage: 'owner create --email ADDRESS --name NAME   (password on standard input)',
  summary: 'Creates an owner.',
  async run(options, desk) {
    const address = check('--email', email, need(options, 'email'))
    const name = check('--name', line(limits.nameCharacters), need(options, 'name'))
    const password = check('The password', Password, (await desk.readInput()).replace(/\r?\n$/, ''))
    await withStores(desk, async ({ agents }) => {
      const made = await agents.create({ email: address, name, password, role: 'owner' })
      if (!made.ok) throw new CommandFailed(made.error.message)
      desk.say(`Created the owner ${made.value.email}.`)
    })
  },
}

function check<T>(what: string, schema: v.GenericSchema<unknown, T>, value: string): T {
  const parsed = v.safeParse(schema, value)
  if (parsed.success) return parsed.output
  throw new CommandFailed(`${what} ${parsed.issues[0].message}.`)
}
