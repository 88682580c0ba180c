import { useEffect, useState } from 'preact/hooks'
import type { ConversationId } from '../../shared/ids.ts'
import { emptyTimeline } from '../../shared/timeline.ts'
import { useDesk, useDeskState, useMayWrite, useWords } from '../ui/context.tsx'
import { useMedia } from '../ui/hooks.tsx'
import { Skeleton } from '../ui/parts.tsx'
import { visitorName } from '../ui/person.ts'
import { Composer } from './composer.tsx'
import { Head } from './head.tsx'
import { Log } from './log.tsx'
import { MeanwhileNotice } from './meanwhile.tsx'
import { Missing } from './missing.tsx'
import { VisitorPanel } from './visitor-panel.tsx'

interface ConversationProps {
  id: ConversationId
  /** The entry that a link leads to. */
  entry?: number | undefined
}

/** One conversation, with its visitor beside it where there is room. */
export function Conversation({ id, entry }: ConversationProps) {
  const desk = useDesk()
  const words = useWords()
  const wide = useMedia('(min-width: 1280px)')
  const [panel, setPanel] = useState(false)
  const timeline = useDeskState((state) => state.timelines.get(id) ?? emptyTimeline)
  const row = useDeskState((state) => state.inbox.get(id))
  const ready = useDeskState((state) => state.ready)
  const mayWrite = useMayWrite()
  useEffect(() => desk.watch(id), [desk, id, ready])
  useReceipts(id, timeline.conversation?.seq ?? 0)
  const conversation = timeline.conversation ?? row?.conversation
  if (!conversation) return <Missing id={id} />
  return (
    <div class="conversation-layout">
      <section class="conversation" aria-labelledby="conversation-title">
        <Head
          conversation={conversation}
          name={row?.visitorName ?? null}
          panel={wide ? null : { open: panel, toggle: () => setPanel(!panel) }}
        />
        {timeline.conversation ? (
          <Log
            timeline={timeline}
            conversationId={id}
            visitorName={row?.visitorName ?? null}
            lookedAt={entry}
          />
        ) : (
          <Skeleton rows={5} shape="bubble" />
        )}
        <MeanwhileNotice
          id={id}
          who={visitorName(words, { name: row?.visitorName ?? null, id: conversation.visitorId })}
        />
        {mayWrite && <Composer conversation={conversation} />}
      </section>
      {(wide || panel) && (
        <VisitorPanel
          conversation={conversation}
          name={row?.visitorName ?? null}
          onClose={wide ? null : () => setPanel(false)}
        />
      )}
    </div>
  )
}

/** Looked at: this conversation is open, and the window can be seen. */
function useReceipts(id: ConversationId, seq: number): void {
  const desk = useDesk()
  useEffect(() => {
    const receive = () => desk.receive(id, document.visibilityState === 'visible')
    receive()
    document.addEventListener('visibilitychange', receive)
    return () => document.removeEventListener('visibilitychange', receive)
  }, [desk, id, seq])
}
