import { useEffect, useState } from 'preact/hooks'
import type { ConversationId } from '../../shared/ids.ts'
import { useDeskState, useWords } from '../ui/context.tsx'
import { Empty, Skeleton } from '../ui/parts.tsx'

const patience = 5_000

/** A conversation that has not come yet, or is not there. */
export function Missing({ id }: { id: ConversationId }) {
  const { t } = useWords()
  const live = useDeskState((desk) => desk.connection.name === 'live')
  const [given, setGiven] = useState(false)
  useEffect(() => {
    setGiven(false)
    const timer = setTimeout(() => setGiven(true), patience)
    return () => clearTimeout(timer)
  }, [id, live])
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
