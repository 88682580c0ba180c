import { useEffect, useRef, useState } from 'preact/hooks'
import type { EntryOf } from '../../shared/conversation/entry.ts'
import type { Timeline } from '../../shared/timeline.ts'
import { incomingAfter } from '../state/incoming.ts'
import { useDeskState } from '../ui/context.tsx'

/**
 * Reads new messages of others out, once. The log itself is silent: what one has written oneself, its states
 * and older messages fetched by hand are no news.
 */
export function Announcer({ timeline, who }: { timeline: Timeline; who: string }) {
  const me = useDeskState((desk) => desk.me.id)
  const seq = timeline.conversation?.seq ?? 0
  const heard = useRef(seq)
  const [news, setNews] = useState<EntryOf<'message'>[]>([])
  useEffect(() => {
    const incoming = incomingAfter(timeline.entries, heard.current, me)
    heard.current = Math.max(heard.current, seq)
    if (incoming.length > 0) setNews(incoming)
  }, [seq])
  return (
    <div class="out-of-sight" aria-live="polite" aria-relevant="additions">
      {news.map(({ seq: number, author, text }) => (
        <p key={number} dir="auto">
          {author.kind === 'agent' || author.kind === 'bot' ? author.name : who}: {text}
        </p>
      ))}
    </div>
  )
}
