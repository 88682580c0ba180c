import type { Role } from '../../shared/agent.ts'
import type { TextKey } from '../ui/words.ts'

export const roleNames: Record<Role, TextKey> = {
  owner: 'roleOwner',
  admin: 'roleAdmin',
  agent: 'roleAgent',
  viewer: 'roleViewer',
}
