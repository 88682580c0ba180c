import { useEffect, useRef, useState } from 'preact/hooks'
import { concerns, type Late, lateIn } from '../state/late.ts'
import { hrefOf } from '../state/route.ts'
import { useDesk, useDeskState, useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { IconButton } from '../ui/parts.tsx'
import { visitorName } from '../ui/person.ts'
import { aimNames } from './dues.ts'
import { useTargetHouse } from './target-house.tsx'

/** Says what has become late, to whom it concerns, until it is done or put away. What was late before is in the list. */
export function LateAlert() {
  const words = useWords()
  const late = useNewlyLate()
  const [first] = late.all
  return (
    <div class="toast-place late-place" role="alert">
      {first && (
        <p class="toast toast-late">
          <Icon name="alert" size={18} />
          <span>
            {late.all.length === 1
              ? words.t('nowLateOne', {
                  aim: words.t(aimNames[first.aim]),
                  name: isolated(visitorName(words, first)),
                })
              : words.count('nowLate', late.all.length)}
          </span>
          <a
            class="button quiet"
            href={hrefOf({ screen: 'inbox', conversationId: first.conversationId })}
            onClick={() => late.putAway([first])}
          >
            {words.t('openIt')}
          </a>
          <IconButton icon="close" label={words.t('dismissNotice')} onClick={() => late.putAway(late.all)} />
        </p>
      )}
    </div>
  )
}

function useNewlyLate(): { all: readonly Late[]; putAway(these: readonly Late[]): void } {
  const desk = useDesk()
  const house = useTargetHouse()
  const inbox = useDeskState((state) => state.inbox)
  const ready = useDeskState((state) => state.ready)
  const known = useRef<Set<string> | null>(null)
  const [told, setTold] = useState<ReadonlySet<string>>(new Set())
  const now = lateIn(inbox)
  useEffect(() => {
    if (!ready) return
    const seen = known.current
    const fresh = seen
      ? now.filter((one) => !seen.has(one.key) && concerns(desk.state.get(), house, one))
      : []
    known.current = new Set([...(seen ?? []), ...now.map(({ key }) => key)])
    if (fresh.length > 0) setTold((held) => new Set([...held, ...fresh.map(({ key }) => key)]))
  }, [inbox, ready])
  return {
    all: now.filter(({ key }) => told.has(key)),
    putAway: (these) => {
      const gone = new Set(these.map(({ key }) => key))
      setTold((held) => new Set([...held].filter((key) => !gone.has(key))))
    },
  }
}

/** A name keeps its own direction, whatever stands around it. */
const isolated = (name: string): string => `\u2068${name}\u2069`
