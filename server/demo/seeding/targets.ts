import type { Priority } from '../../../shared/aims.ts'
import type { Target } from '../../../shared/targets.ts'
import type { Domain } from '../../domain/domain.ts'
import type { Clock } from '../../domain/ports.ts'
import type { History } from '../../history/history.ts'
import { type AgentAuthor, minute } from './spoken.ts'

interface Parts {
  app: { domain: Pick<Domain, 'teams' | 'targets'> }
  history: Pick<History, 'conversations'>
  clock: Clock
}

const targets = (team: string): Target[] => [
  { firstResponse: 20 * minute, response: 30 * minute, resolution: 24 * 60 * minute },
  { priority: 'urgent', firstResponse: 5 * minute, response: 10 * minute },
  { team, response: 15 * minute },
]

/** Of those who wait, the longest first: one is late, one is soon, and one has just come and presses. */
const pressing: readonly Priority[] = ['normal', 'high', 'urgent']

/** What the shop holds itself to, so that its inbox has times that run. */
export async function seedTargets(
  { app, history, clock }: Parts,
  [first, ...others]: readonly [AgentAuthor, ...AgentAuthor[]],
): Promise<void> {
  const { teams, targets: aims } = app.domain
  const team = await teams.create({ name: 'Workshops', agents: others.slice(-1).map(({ id }) => id) })
  if (!team.ok) throw new Error(team.error.message)
  const { items } = await history.conversations.list({ status: 'open', order: 'waiting', limit: 3 })
  for (const [i, { conversation }] of items.entries()) {
    const priority = pressing[i] ?? 'normal'
    await history.conversations.append({
      target: { kind: 'existing', conversationId: conversation.id },
      command: { type: 'prioritise', priority, by: first },
      at: clock.now(),
    })
  }
  // Last: from here on it is looked after what is late.
  const set = await aims.set(targets(team.value.id))
  if (!set.ok) throw new Error(set.error.message)
}
