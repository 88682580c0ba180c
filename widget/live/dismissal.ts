import type { Ask } from '../connection/link.ts'
import type { Host } from '../page/host.ts'
import type { Store } from '../state/store.ts'

export interface DismissalParts {
  host: Host
  store: Store
  ask: Ask
}

/** The invitation that stands there goes for good, here and in every tab. With a rule, only if it is that rule's. */
export function dismissInvitation({ host, store, ask }: DismissalParts, ruleId?: unknown): void {
  const { invitation } = store.get()
  if (!invitation || (ruleId !== undefined && ruleId !== invitation.ruleId)) return
  store.apply({ type: 'invitation', invitation: null })
  ask('invite:dismiss', { inviteId: invitation.inviteId })
  const { inviteId } = invitation
  host.emit('invite:dismissed', { inviteId, ruleId: invitation.ruleId })
}
