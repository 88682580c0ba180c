import type { Invitation } from '../../shared/invitation.ts'
import { isRetryable } from '../../shared/result.ts'
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
  const { inviteId } = invitation
  forget({ store, ask }, { inviteId })
  host.emit('invite:dismissed', { inviteId, ruleId: invitation.ruleId })
}

/** Who was not heard says it again on the next connection, which would bring it back. */
async function forget(
  { store, ask }: Omit<DismissalParts, 'host'>,
  { inviteId }: Pick<Invitation, 'inviteId'>,
): Promise<void> {
  if (store.get().invitation?.inviteId === inviteId) store.apply({ type: 'invitation', invitation: null })
  const said = await ask('invite:dismiss', { inviteId })
  if (said.ok || !isRetryable(said.error.code)) return
  const stop = store.subscribe((now, before) => {
    if (now.connection === before.connection || now.connection !== 'online') return
    stop()
    forget({ store, ask }, { inviteId })
  })
}
