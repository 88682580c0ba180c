import { useState } from 'preact/hooks'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import { type FollowUpSettings, isComplaint } from '../../shared/follow-up.ts'
import type { List } from '../connection/api.ts'
import { FollowUpForm, FollowUpState, type Told } from '../follow-ups/follow-up-form.tsx'
import { PanelPart } from '../person/panel-part.tsx'
import { useSurroundings } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'

/** Whether the visitor was let down: only then is anything asked for. */
const isLetDown = ({ survey, tags = [] }: Conversation): boolean =>
  isComplaint(tags) || (survey.state === 'answered' && survey.rating <= 2)

/** What is to be made right with this visitor, or was. */
export function FollowUpPart({ conversation }: { conversation: Conversation }) {
  const { api } = useSurroundings()
  const { id, seq, episode } = conversation
  const letDown = isLetDown(conversation) || episode > 1
  const found = useLoaded(`${id} ${letDown} ${letDown ? seq : 0}`, async () => {
    if (!letDown) return { ok: true as const, value: [] }
    const [open, done] = await Promise.all(
      ['open', 'done'].map((state) => api.get<List<Told>>('/follow-ups', { state, conversation: id })),
    )
    if (!open?.ok) return open ?? { ok: true as const, value: [] }
    return { ok: true as const, value: [...open.value.items, ...(done?.ok ? done.value.items : [])] }
  })
  const settings = useLoaded('settings', () => api.get<FollowUpSettings>('/follow-up-settings'))
  const [changed, setChanged] = useState<readonly Told[]>([])
  const all = found.value ?? []
  if (all.length === 0 || !settings.value) return null
  const known = settings.value
  return (
    <PanelPart title="followUp">
      {all.map((one) => {
        const followUp = changed.find((other) => other.id === one.id) ?? one
        return (
          <div key={one.id} class="follow-up">
            <FollowUpState followUp={followUp} />
            <FollowUpForm
              followUp={followUp}
              settings={known}
              onChanged={(fresh) => setChanged([fresh, ...changed])}
            />
          </div>
        )
      })}
    </PanelPart>
  )
}
