import type { Conversation } from '../../shared/conversation/conversation.ts'
import { useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { aimNames, duesIn, levelOf, sayLeft } from './dues.ts'
import { useTargetHouse } from './target-house.tsx'

/** How much time is left of what is due first, or by how much it is late. */
export function TimeLeft({ conversation, now }: { conversation: Conversation; now: number }) {
  const words = useWords()
  const house = useTargetHouse()
  const [first] = house ? duesIn(house, conversation) : []
  if (!first) return null
  const level = levelOf(first, now)
  const aim = words.t(aimNames[first.aim])
  return (
    <span class={`due due-${level}`} title={aim}>
      <Icon name={level === 'over' ? 'alert' : 'flag'} size={13} />
      <span class={first.aim === 'resolution' ? undefined : 'out-of-sight'}>{aim}</span>{' '}
      {sayLeft(words, first, now)}
    </span>
  )
}
