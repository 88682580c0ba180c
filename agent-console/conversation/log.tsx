import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Entry } from '../../shared/conversation/entry.ts'
import type { ConversationId } from '../../shared/ids.ts'
import type { Timeline } from '../../shared/timeline.ts'
import { useDesk, useDeskState, useWords } from '../ui/context.tsx'
import { dayKey, dayName } from '../ui/format.ts'
import { useNow } from '../ui/hooks.tsx'
import { Icon } from '../ui/icons.tsx'
import { visitorName } from '../ui/person.ts'
import { Announcer } from './announcer.tsx'
import { Message, PendingMessage } from './message.tsx'
import { SystemEntry } from './system-entry.tsx'

interface LogProps {
  timeline: Timeline
  conversationId: ConversationId
  visitorName: string | null
  /** The number of the entry that a link leads to. */
  lookedAt?: number | undefined
}

export function Log({ timeline, conversationId, visitorName: name, lookedAt }: LogProps) {
  const words = useWords()
  const scroller = useRef<HTMLDivElement>(null)
  const follow = useFollowing(scroller, timeline)
  useLooking(scroller, { timeline, conversationId, lookedAt })
  const who = visitorName(words, { name, id: timeline.conversation?.visitorId ?? '' })
  return (
    <div class="log-frame">
      <div
        class="log"
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={words.t('conversation')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <Earlier timeline={timeline} conversationId={conversationId} />
        <Entries timeline={timeline} who={who} lookedAt={lookedAt} />
        {timeline.pending.map((pending) => (
          <PendingMessage key={pending.clientId} pending={pending} />
        ))}
        <TypingLine conversationId={conversationId} who={who} />
      </div>
      <Announcer timeline={timeline} who={who} />
      {follow.behind && (
        <button type="button" class="button log-newest" onClick={follow.toNewest}>
          <Icon name="down" size={16} />
          {words.t('newestMessages')}
        </button>
      )}
    </div>
  )
}

/** Stays with the newest message while the reader is there; lets them read older ones in peace. */
function useFollowing(scroller: { current: HTMLDivElement | null }, timeline: Timeline) {
  const atEnd = useRef(true)
  const [behind, setBehind] = useState(false)
  const toNewest = () => {
    const box = scroller.current
    if (box) box.scrollTop = box.scrollHeight
  }
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    const watch = () => {
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 48
      if (atEnd.current) setBehind(false)
    }
    const resized = new ResizeObserver(() => atEnd.current && toNewest())
    resized.observe(box)
    box.addEventListener('scroll', watch, { passive: true })
    return () => {
      resized.disconnect()
      box.removeEventListener('scroll', watch)
    }
  }, [scroller])
  useLayoutEffect(() => {
    if (atEnd.current) toNewest()
    else setBehind(true)
  }, [timeline.conversation?.seq])
  useLayoutEffect(toNewest, [timeline.pending.length])
  return { behind, toNewest }
}

/** Goes to the entry that a link leads to, once; what lies before the newest entries is fetched until it is there. */
function useLooking(
  scroller: { current: HTMLDivElement | null },
  { timeline, conversationId, lookedAt }: Omit<LogProps, 'visitorName'>,
): void {
  const desk = useDesk()
  const found = useRef<number | null>(null)
  const first = timeline.entries[0]?.seq
  useEffect(() => {
    if (lookedAt === undefined || first === undefined || found.current === lookedAt) return
    if (first > lookedAt) {
      void desk.older(conversationId)
      return
    }
    found.current = lookedAt
    scroller.current?.querySelector('.log-looked-at')?.scrollIntoView({ block: 'center' })
  }, [desk, scroller, conversationId, lookedAt, first])
}

function Earlier({ timeline, conversationId }: Pick<LogProps, 'timeline' | 'conversationId'>) {
  const { t } = useWords()
  const desk = useDesk()
  const [busy, setBusy] = useState(false)
  if ((timeline.entries[0]?.seq ?? 1) <= 1) return null
  const load = async () => {
    setBusy(true)
    await desk.older(conversationId)
    setBusy(false)
  }
  return (
    <button type="button" class="button quiet log-earlier" disabled={busy} onClick={() => void load()}>
      {t('earlierMessages')}
    </button>
  )
}

function Entries({ timeline, who, lookedAt }: Pick<LogProps, 'timeline' | 'lookedAt'> & { who: string }) {
  const desk = useDesk()
  const now = useNow(desk.now, 60_000)
  return (
    <>
      {timeline.entries.map((entry, i) => (
        <EntryLine
          key={entry.seq}
          entry={entry}
          previous={timeline.entries[i - 1] ?? null}
          now={now}
          timeline={timeline}
          who={who}
          isLookedAt={entry.seq === lookedAt}
        />
      ))}
    </>
  )
}

interface LineProps {
  entry: Entry
  previous: Entry | null
  now: number
  timeline: Timeline
  who: string
  isLookedAt: boolean
}

function EntryLine({ entry, previous, now, timeline, who, isLookedAt }: LineProps) {
  const words = useWords()
  const newDay = !previous || dayKey(previous.at) !== dayKey(entry.at)
  return (
    <>
      {newDay && (
        <p class="log-day">
          <span>{dayName(words, entry.at, now)}</span>
        </p>
      )}
      {isLookedAt && <p class="log-looked-at">{words.t('waitBegan')}</p>}
      {entry.kind === 'message' ? (
        <Message
          entry={entry}
          begins={newDay || !continues(previous, entry)}
          receipts={timeline.receipts}
          who={who}
        />
      ) : (
        <SystemEntry entry={entry} who={who} />
      )}
    </>
  )
}

const together = 5 * 60_000

/** The same author going on: their name need not stand again. */
const continues = (previous: Entry | null, entry: Entry): boolean =>
  previous?.kind === 'message' &&
  entry.kind === 'message' &&
  JSON.stringify(previous.author) === JSON.stringify(entry.author) &&
  previous.visibility === entry.visibility &&
  previous.auto === entry.auto &&
  entry.at - previous.at < together

function TypingLine({ conversationId, who }: { conversationId: ConversationId; who: string }) {
  const { t } = useWords()
  const typing = useDeskState((desk) => desk.typing.get(conversationId))
  const now = useNow(Date.now)
  const colleagues = typing?.colleagues.filter((one) => one.until > now) ?? []
  const visitor = (typing?.visitorUntil ?? 0) > now
  const colleague = colleagues[0]
  return (
    <>
      {visitor && (
        <p class="typing">
          <span class="typing-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span class="out-of-sight">{t('visitorTyping', { name: who })}</span>
        </p>
      )}
      {colleague && <p class="typing-colleague">{t('colleagueReplying', { name: colleague.name })}</p>}
    </>
  )
}
