import { explain } from '../run-server.ts'
import { type Command, CommandFailed, type Desk } from './command.ts'
import { checks } from './doctor-checks.ts'

/**
 * Looks at everything the server needs, and changes nothing: it may be running meanwhile.
 * A hint does not stand in the way of serving; a fault does.
 */
export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor',
  summary: 'Says what stands in the way of serving. Changes nothing; the server may be running.',
  async run(_options, desk) {
    let faults = 0
    for (const { what, look } of checks) {
      const { state, text } = await found(look, desk)
      desk.say(`${state.padEnd(5)} ${what}${text ? `: ${text}` : ''}`)
      if (state === 'fault') faults++
    }
    if (faults > 0) throw new CommandFailed(`${faults} of ${checks.length} checks failed.`)
  },
}

async function found(look: (typeof checks)[number]['look'], desk: Desk) {
  try {
    return await look(desk)
  } catch (fault) {
    return { state: 'fault' as const, text: explain(fault) }
  }
}
