import type { ConversationId, VisitorId } from '../../shared/ids.ts'
import { hrefOf } from '../state/route.ts'
import { useDesk, useDeskState, useWords } from '../ui/context.tsx'
import { listTime } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import { Fault } from '../ui/parts.tsx'
import { PanelPart } from './panel-part.tsx'

/** What was said with them before, each a click away. `but`: the one that is open here. */
export function EarlierChats({ visitorId, but }: { visitorId: VisitorId; but: ConversationId | null }) {
  const words = useWords()
  const desk = useDesk()
  const inbox = useDeskState((state) => state.inbox)
  const recalled = useLoaded(visitorId, () => desk.olderRows({ visitor: visitorId, limit: 20 }))
  const others = [...inbox.values()]
    .filter((row) => row.conversation.visitorId === visitorId)
    .filter((row) => row.conversation.id !== but)
    .sort((a, b) => b.conversation.changedAt - a.conversation.changedAt)
  return (
    <PanelPart title="earlierChats">
      {recalled.failed && <Fault text={words.t('couldNotLoad')} again={recalled.again} />}
      {others.length === 0 ? (
        !recalled.loading &&
        !recalled.failed && <p class="panel-quiet">{words.t(but ? 'noEarlierChats' : 'noChatsYet')}</p>
      ) : (
        <ul class="earlier">
          {others.map(({ conversation: { id, lastMessage, changedAt } }) => (
            <li key={id}>
              <a href={hrefOf({ screen: 'inbox', conversationId: id })}>
                <span class="earlier-text">
                  <bdi>{lastMessage ? lastMessage.text || words.t('aFile') : words.t('noMessagesYet')}</bdi>
                </span>
                <time dateTime={new Date(changedAt).toISOString()}>
                  {listTime(words, changedAt, Date.now())}
                </time>
              </a>
            </li>
          ))}
        </ul>
      )}
    </PanelPart>
  )
}
