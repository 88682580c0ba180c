import { useState } from 'preact/hooks'
import { priorities } from '../../shared/aims.ts'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import { aimNames, duesIn, levelOf, sayLeft } from '../due/dues.ts'
import { priorityNames } from '../due/priority.tsx'
import { useTargetHouse } from '../due/target-house.tsx'
import { PanelPart } from '../person/panel-part.tsx'
import { useDesk, useMayWrite, useWords } from '../ui/context.tsx'
import { dayAndTime } from '../ui/format.ts'
import { useNow } from '../ui/hooks.tsx'
import { Choices } from '../ui/parts.tsx'

/** How much the conversation presses, and what is due in it when. */
export function DuePart({ conversation }: { conversation: Conversation }) {
  const { t } = useWords()
  const desk = useDesk()
  const mayWrite = useMayWrite()
  const [failed, setFailed] = useState(false)
  const { id, priority = 'normal' } = conversation
  return (
    <PanelPart title="priority">
      {mayWrite ? (
        <Choices
          name={t('priority')}
          value={priority}
          choices={priorities.map((value) => ({ value, label: t(priorityNames[value]) }))}
          onChange={async (next) => setFailed((await desk.acts.prioritise(id, next)) !== null)}
        />
      ) : (
        <p>{t(priorityNames[priority])}</p>
      )}
      {failed && (
        <span class="inline-fault" role="alert">
          {t('notDone')}
        </span>
      )}
      <Dues conversation={conversation} />
    </PanelPart>
  )
}

function Dues({ conversation }: { conversation: Conversation }) {
  const words = useWords()
  const now = useNow(useDesk().now)
  const house = useTargetHouse()
  const dues = house ? duesIn(house, conversation) : []
  if (dues.length === 0) return null
  return (
    <dl class="dues">
      {dues.map((due) => (
        <div key={due.aim} class={`due due-${levelOf(due, now)}`}>
          <dt>{words.t(aimNames[due.aim])}</dt>
          <dd>
            {sayLeft(words, due, now)}
            {due.dueAt !== null && (
              <time dateTime={new Date(due.dueAt).toISOString()}>
                {words.t('dueAtTime', { time: dayAndTime(words, due.dueAt) })}
              </time>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
