import * as v from 'valibot'
import { AgentId } from './ids.ts'
import { limits } from './limits.ts'
import { email, line } from './text/fields.ts'

/** From most to least: each role may all that the next one may. */
export const Role = v.picklist(['owner', 'admin', 'agent', 'viewer'])
export type Role = v.InferOutput<typeof Role>

export type Permission =
  | 'conversations:read'
  | 'conversations:write'
  /** Write to everybody on a page at once. */
  | 'pages:write'
  | 'settings:write'
  | 'agents:write'
  /** Hand out or erase all that is held of a person. */
  | 'visitors:erase'

const permissions: Record<Role, readonly Permission[]> = {
  owner: [
    'conversations:read',
    'conversations:write',
    'pages:write',
    'settings:write',
    'agents:write',
    'visitors:erase',
  ],
  admin: [
    'conversations:read',
    'conversations:write',
    'pages:write',
    'settings:write',
    'agents:write',
    'visitors:erase',
  ],
  agent: ['conversations:read', 'conversations:write'],
  viewer: ['conversations:read'],
}

export const may = (role: Role, permission: Permission): boolean => permissions[role].includes(permission)

/** An account as the workspace keeps it. */
export const Agent = v.strictObject({
  id: AgentId,
  email,
  name: line(limits.nameCharacters),
  role: Role,
  /** `scrypt$N$r$p$salt$hash`, the last two in base64url. */
  passwordHash: v.string(),
  active: v.boolean(),
  createdAt: v.number(),
})
export type Agent = v.InferOutput<typeof Agent>

export const AgentStatus = v.picklist(['online', 'away', 'offline'])
export type AgentStatus = v.InferOutput<typeof AgentStatus>

/** A colleague as agents see them. */
export interface Colleague {
  id: AgentId
  name: string
  role: Role
  status: AgentStatus
}

/** Who is signed in. */
export interface SignedInAgent {
  id: AgentId
  email: string
  name: string
  role: Role
}

export const Password = v.pipe(
  v.string(),
  v.minLength(8, 'must have at least 8 characters'),
  v.maxLength(200, 'must have at most 200 characters'),
)

export const Credentials = v.strictObject({ email, password: v.pipe(v.string(), v.maxLength(200)) })
export type Credentials = v.InferOutput<typeof Credentials>
