import type { Conversation } from '../../shared/conversation/conversation.ts'
import { type FollowUpSettings, isComplaint, type ToldFollowUp } from '../../shared/follow-up.ts'
import { success } from '../../shared/result.ts'
import type { List } from '../connection/api.ts'
import { FollowUpForm, FollowUpState } from '../follow-ups/follow-up-form.tsx'
import { PanelPart } from '../person/panel-part.tsx'
import { useDeskState, useHeardFollowUps, useSurroundings } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'

/** Whether the visitor was let down: only then is anything asked for. */
const isLetDown = ({ survey, tags = [] }: Conversation): boolean =>
  isComplaint(tags) || (survey.state === 'answered' && survey.rating <= 2)

/** What is to be made right with this visitor, or was. */
export function FollowUpPart({ conversation }: { conversation: Conversation }) {
  const { api } = useSurroundings()
  const { id, seq, episode } = conversation
  const forgotten = useDeskState((desk) => desk.forgotten)
  const version = useDeskState((desk) => desk.workspaceVersion)
  const heard = useHeardFollowUps()
  const letDown = isLetDown(conversation) || episode > 1
  const found = useLoaded(`${id} ${letDown ? seq : ''} ${forgotten}`, async () => {
    if (!letDown) return success([])
    const [open, done] = await Promise.all(
      ['open', 'done'].map((state) =>
        api.get<List<ToldFollowUp>>('/follow-ups', { state, conversation: id }),
      ),
    )
    if (!open?.ok) return open ?? success([])
    return success([...open.value.items, ...(done?.ok ? done.value.items : [])])
  })
  const settings = useLoaded(`${version}`, () => api.get<FollowUpSettings>('/follow-up-settings'))
  const all = [...(found.value ?? []), ...heard.values()].filter(
    ({ conversationId }) => conversationId === id,
  )
  const latest = new Map(all.map((one) => [one.id, one]))
  if (latest.size === 0 || !settings.value) return null
  const known = settings.value
  return (
    <PanelPart title="followUp">
      {[...latest.values()].map((one) => (
        <div key={one.id} class="follow-up">
          <FollowUpState followUp={one} />
          <FollowUpForm followUp={one} settings={known} />
        </div>
      ))}
    </PanelPart>
  )
}
