import { hrefOf } from '../state/route.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { Empty } from '../ui/parts.tsx'
import { rowsOf } from './order.ts'

/** Beside the list when no conversation is open: who should be next. */
export function NothingOpen() {
  const { t, count } = useWords()
  const inbox = useDeskState((desk) => desk.inbox)
  const me = useDeskState((desk) => desk.me.id)
  const { waiting } = useDeskState((desk) => desk.totals)
  const [first] = rowsOf(inbox, 'open', me)
  return (
    <div class="nothing-open">
      <Empty icon="inbox" title={waiting > 0 ? count('peopleWaiting', waiting) : t('nobodyWaiting')}>
        {waiting > 0 && first ? (
          <a class="button primary" href={hrefOf({ screen: 'inbox', conversationId: first.conversation.id })}>
            {t('openLongestWaiting')}
          </a>
        ) : (
          <>
            <p>{t('nobodyWaitingText')}</p>
            <a href="#/visitors">{t('seeVisitors')}</a>
          </>
        )}
      </Empty>
    </div>
  )
}
