import type { ConversationId } from '../../shared/ids.ts'
import type { InboxRow } from '../../shared/inbox.ts'
import { failure, type Result, success } from '../../shared/result.ts'
import type { Target } from '../../shared/targets.ts'
import type { Workspace as Document } from '../../shared/workspace.ts'
import type { Page } from '../history/history.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { LateWatch } from './late-watch.ts'
import type { RiskQuery } from './risk-order.ts'

/** What teams hold themselves to, and what comes of it. */
export interface TargetsDomain {
  list(): readonly Target[]
  /** Instead of those there are. `invalid` at the first that names no team, or the same as one before it. */
  set(targets: readonly Target[]): Promise<Result<readonly Target[]>>
  /** Open conversations, those first whose time is up first. */
  atRisk(query: RiskQuery): Promise<Page<InboxRow>>
}

interface Needs {
  workspace: Workspace
  late: Pick<LateWatch, 'atRisk'>
  conversations: { rows(ids: readonly ConversationId[]): Promise<InboxRow[]> }
}

export const createTargets = ({ workspace, late, conversations }: Needs): TargetsDomain => ({
  list: () => workspace.read().targets ?? [],
  set: (targets) =>
    workspace.change((document) => {
      const fault = faultIn(document, targets)
      if (fault) return fault
      document.targets = [...targets]
      return success(targets)
    }),
  async atRisk(query) {
    const { items, nextCursor } = await late.atRisk(query)
    return { items: await conversations.rows(items), nextCursor }
  },
})

function faultIn({ teams = [] }: Readonly<Document>, targets: readonly Target[]) {
  const unknown = targets.findIndex(({ team }) => team !== undefined && !teams.some(({ id }) => id === team))
  if (unknown >= 0) {
    const name = targets[unknown]?.team ?? ''
    const about = { path: `targets.${unknown}.team`, refusal: { is: 'unknown', name } } as const
    return failure('invalid', `There is no team “${name}”.`, about)
  }
  const twice = targets.findIndex((one, i) => targets.slice(0, i).some((other) => isForSame(one, other)))
  return twice < 0
    ? null
    : failure('invalid', 'There is a target for the same before it.', {
        path: `targets.${twice}`,
        refusal: { is: 'twice' },
      })
}

const isForSame = (one: Target, other: Target): boolean =>
  one.team === other.team && one.priority === other.priority
