import { type AgentsParts, createAgents } from '../domain/agents.ts'
import type { Agents, Sites } from '../domain/domain.ts'
import { createPasswords } from '../domain/passwords.ts'
import { createSessionEnding } from '../domain/sessions-ending.ts'
import { createSites } from '../domain/sites.ts'
import { createLog } from '../log.ts'
import { openStores } from '../stores.ts'
import { systemClock as clock, systemRandom as random } from '../system.ts'
import type { Desk } from './command.ts'
import { configOf } from './place.ts'

export interface Opened {
  agents: Agents
  sites: Sites
  hasOwner(): boolean
  url: string
}

/** Opens the stores for one command and lets go of them again. The server must not be running. */
export async function withStores(desk: Desk, work: (opened: Opened) => Promise<void>): Promise<void> {
  const { dataDir, databaseUrl, publicUrl, port } = configOf(desk)
  const log = createLog({ level: 'error', clock, write: desk.writeLog })
  const onFault = (what: string, fault: unknown): void => log.error(what, { error: fault })
  const { history, workspace, unlock } = await openStores({ dataDir, databaseUrl, clock, onFault })
  try {
    const ending = createSessionEnding(history.sessions, log)
    const parts: AgentsParts = { workspace, ending, passwords: createPasswords(), clock, random, log }
    const url = publicUrl ?? `http://localhost:${port}`
    const { conversations } = history
    const [ownOrigins, somebodyCanAnswer] = [() => [url], () => false]
    const told = () => ({ is: 'unmeasured' as const })
    await work({
      agents: createAgents(parts),
      sites: createSites({ workspace, conversations, clock, random, ownOrigins, somebodyCanAnswer, told }),
      hasOwner: () => workspace.read().agents.some((agent) => agent.role === 'owner'),
      url,
    })
  } finally {
    await history.close()
    await workspace.close()
    unlock()
  }
}
