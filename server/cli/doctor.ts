import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { readConfig } from '../config.ts'
import { explain } from '../run-server.ts'
import { type Command, CommandFailed, type Desk } from './command.ts'
import { withStores } from './stores.ts'

type Check = { what: string; look(desk: Desk): Promise<string | null> }

const checks: readonly Check[] = [
  { what: 'Node', look: async () => (nodeIsRecent() ? null : `${process.version} is older than 20.19`) },
  { what: 'Settings', look: async (desk) => readConfig(desk.env).faults.join('; ') || null },
  { what: 'Built files', look: builtFiles },
  { what: 'Stores', look: stores },
]

/**
 * Looks at everything the server needs. It opens the stores as the server would: a missing directory is
 * made, its lock taken for the moment, and an older schema brought up to date.
 */
export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor',
  summary: 'Says what stands in the way of serving.',
  async run(_options, desk) {
    let faults = 0
    for (const { what, look } of checks) {
      const fault = await look(desk).catch(explain)
      desk.say(fault === null ? `ok    ${what}` : `fault ${what}: ${fault}`)
      if (fault !== null) faults++
    }
    if (faults > 0) throw new CommandFailed(`${faults} of ${checks.length} checks failed.`)
  },
}

function nodeIsRecent(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major > 20 || (major === 20 && minor >= 19)
}

async function builtFiles({ publicDir }: Desk): Promise<string | null> {
  try {
    await access(join(publicDir, 'widget.js'))
    return null
  } catch {
    return 'not built: run npm run build'
  }
}

async function stores(desk: Desk): Promise<string | null> {
  let fault: string | null = null
  await withStores(desk, async ({ hasOwner }) => {
    if (!hasOwner()) fault = 'no owner yet: run owner create, or open the setup address'
  })
  return fault
}
