import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ConversationId } from '../../shared/ids.ts'
import { isStillLate } from '../due/dues.ts'
import { useTargetHouse } from '../due/target-house.tsx'
import { type Late, lateIn } from '../state/late.ts'
import type { Alarm, Shown } from '../state/ports.ts'
import { hrefOf } from '../state/route.ts'
import { useDesk, useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { figure } from '../ui/format.ts'
import { Bell } from './bell.ts'
import { LateToast } from './late-toast.tsx'
import { conversationOf, keyOf, type News, Newsroom, stillNews } from './news.ts'
import { sayNews } from './say.ts'
import { Told } from './told.ts'
import { wishesIn } from './wishes.ts'

/**
 * The one place from which whatever has to be noticed at once is told: on the screen, in the title, aloud, and outside
 * of the page. `opened` is on the screen, and seen there.
 */
export function Alerts({ opened }: { opened: ConversationId | null }) {
  const { alarm } = useSurroundings()
  const [announced, setAnnounced] = useState<Shown & { n: number }>()
  const isInSight = (one: News) =>
    !alarm.isHidden() && one.kind === 'message' && conversationOf(one) === opened
  const bell = useBell(isInSight, (shown) => setAnnounced((held) => ({ ...shown, n: (held?.n ?? 0) + 1 })))
  const late = useLate()
  const missed = useMissed(alarm)
  useFreshNews((news) => {
    late.tell(news)
    missed.add(news)
    void bell.seen(news.filter(isInSight))
    bell.ring(news.filter((one) => !isInSight(one)))
  })
  useTitle(new Set([...late.all.map((one) => one.conversationId), ...missed.all]).size)
  return (
    <>
      <div class="out-of-sight" role="alert">
        {announced && <p key={announced.n}>{[announced.title, announced.body].filter(Boolean).join(', ')}</p>}
      </div>
      <LateToast late={late.all} putAway={late.putAway} />
    </>
  )
}

function useFreshNews(hear: (news: readonly News[]) => void): void {
  const desk = useDesk()
  const house = useTargetHouse()
  const inbox = useDeskState((state) => state.inbox)
  const ready = useDeskState((state) => state.ready)
  const newsroom = useMemo(() => new Newsroom(), [desk])
  useEffect(() => {
    if (!ready) return
    const news = newsroom.fresh({ desk: desk.state.get(), house, now: desk.now() })
    if (news.length > 0) hear(news)
  }, [newsroom, house, inbox, ready])
}

/** Rings with what is so at that moment, not as it was when it was made. */
function useBell(isInSight: (news: News) => boolean, announce: (shown: Shown) => void): Bell {
  const { alarm } = useSurroundings()
  const desk = useDesk()
  const words = useWords()
  const me = useDeskState((state) => state.me.id)
  const latest = useRef({ words, isInSight, announce })
  latest.current = { words, isInSight, announce }
  const bell = useMemo(() => {
    const { clock, keep } = desk.device
    return new Bell({
      ...{ clock, alarm, told: new Told(keep, me) },
      wishes: () => (desk.state.get().status === 'offline' ? quiet : wishesIn(keep)),
      unnoticed: (news) =>
        stillNews(desk.state.get().inbox, news).filter((one) => !latest.current.isInSight(one)),
      say: (news) => sayNews(latest.current.words, news),
      announce: (shown) => latest.current.announce(shown),
      open: (news) => {
        location.hash = hrefOf({ screen: 'inbox', conversationId: conversationOf(news) })
      },
    })
  }, [desk, alarm, me])
  useEffect(() => () => bell.stop(), [bell])
  return bell
}

/** Who has said to be away for good is not called. */
const quiet = { sound: false, desktop: false }

/** What was told to be late here, as long as it is and nobody has put it away. */
function useLate(): {
  all: readonly Late[]
  tell(news: readonly News[]): void
  putAway(these: readonly Late[]): void
} {
  const desk = useDesk()
  const house = useTargetHouse()
  const inbox = useDeskState((state) => state.inbox)
  const [told, setTold] = useState<ReadonlySet<string>>(new Set())
  /** Priority, team, hours or targets may have changed since. */
  const isLate = ({ conversationId, aim }: Late): boolean => {
    const row = inbox.get(conversationId)
    return !house || (row !== undefined && isStillLate(house, row, aim, desk.now()))
  }
  return {
    all: told.size > 0 ? lateIn(inbox).filter((one) => told.has(one.key) && isLate(one)) : [],
    tell: (news) => {
      const late = news.filter(({ kind }) => kind === 'late').map(keyOf)
      if (late.length > 0) setTold((held) => new Set([...held, ...late]))
    },
    putAway: (these) => {
      const gone = new Set(these.map(({ key }) => key))
      setTold((held) => new Set([...held].filter((key) => !gone.has(key))))
    },
  }
}

/** Where somebody wrote while this page was out of sight, until it is in sight or somebody has looked at it. */
function useMissed(alarm: Alarm): { all: readonly ConversationId[]; add(news: readonly News[]): void } {
  const inbox = useDeskState((state) => state.inbox)
  const [missed, setMissed] = useState<ReadonlySet<ConversationId>>(new Set())
  useEffect(() => alarm.onSight(() => setMissed(new Set())), [alarm])
  return {
    all: [...missed].filter((id) => (inbox.get(id)?.unread ?? 0) > 0),
    add: (news) => {
      const messages = news.filter(({ kind }) => kind === 'message').map(conversationOf)
      if (alarm.isHidden() && messages.length > 0) setMissed((held) => new Set([...held, ...messages]))
    },
  }
}

function useTitle(n: number): void {
  const words = useWords()
  const product = words.t('product')
  const title = n > 0 ? `(${figure(words, n)}) ${product}` : product
  useEffect(() => {
    document.title = title
  }, [title])
  useEffect(
    () => () => {
      document.title = product
    },
    [product],
  )
}
