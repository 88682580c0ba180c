import * as v from 'valibot'
import { checkDocument, type WorkspaceDocument } from '../workspace/document.ts'
import { CommandFailed } from './command.ts'

/** The settings in parts: lists become files of lines, the rest stands in the manifest. */
export interface SettingsParts {
  single: Record<string, unknown>
  lists: Record<string, string[]>
}

/** Stands for the passwords, so that everything else can be handed on without them. */
export const agentCredentials = 'agent-credentials'

export function takeApart(document: WorkspaceDocument): SettingsParts {
  const { agents, ...others } = document
  const parts: SettingsParts = { single: {}, lists: {} }
  for (const [name, value] of Object.entries(others))
    if (Array.isArray(value)) parts.lists[name] = value.map((one) => JSON.stringify(one))
    else parts.single[name] = value
  parts.lists.agents = agents.map(({ passwordHash: _, ...agent }) => JSON.stringify(agent))
  parts.lists[agentCredentials] = agents
    .filter(({ passwordHash }) => passwordHash !== '')
    .map(({ id, passwordHash }) => JSON.stringify({ agent: id, passwordHash }))
  return parts
}

const Credential = v.strictObject({ agent: v.string(), passwordHash: v.string() })

/** Without credentials nobody's password fits. */
export function putTogether({ single, lists }: SettingsParts): WorkspaceDocument {
  const { agents = [], [agentCredentials]: credentials = [], ...others } = lists
  const hashes = new Map(
    credentials.map((line) => {
      const { agent, passwordHash } = v.parse(Credential, JSON.parse(line))
      return [agent, passwordHash]
    }),
  )
  const document: Record<string, unknown> = { ...single }
  for (const [name, lines] of Object.entries(others)) document[name] = lines.map((line) => JSON.parse(line))
  document.agents = agents.map((line) => {
    const agent: { id: string } = JSON.parse(line)
    return { ...agent, passwordHash: hashes.get(agent.id) ?? '' }
  })
  const checked = checkDocument(document)
  if (checked.ok) return checked.value
  const { path, message } = checked.error
  throw new CommandFailed(`The exported settings cannot be used: ${path ? `at ${path}: ` : ''}${message}.`)
}
