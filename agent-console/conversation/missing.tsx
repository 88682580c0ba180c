import { useEffect, useState } from 'preact/hooks'
import type { ConversationId } from '../../shared/ids.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { Empty, Skeleton } from '../ui/parts.tsx'

const patience = 5_000

/** A conversation that has not come yet, is not there, or is not there any more. */
export function Missing({ id }: { id: ConversationId }) {
  const { t } = useWords()
  const live = useDeskState((desk) => desk.connection.name === 'live')
  const erased = useDeskState((desk) => desk.erased.has(id))
  const [given, setGiven] = useState(false)
  useEffect(() => {
    setGiven(false)
    const timer = setTimeout(() => setGiven(true), patience)
    return () => clearTimeout(timer)
  }, [id, live])
  if (erased)
    return (
      <Empty icon="check" title={t('conversationErasedTitle')}>
        <p role="status">{t('conversationErasedText')}</p>
        <p>
          <a href="#/inbox">{t('backToInbox')}</a>
        </p>
      </Empty>
    )
  if (!given || !live) return <Skeleton rows={5} shape="bubble" />
  return (
    <Empty icon="inbox" title={t('conversationMissingTitle')}>
      <p>{t('conversationMissingText')}</p>
      <p>
        <a href="#/inbox">{t('backToInbox')}</a>
      </p>
    </Empty>
  )
}
