import type { Late } from '../state/late.ts'
import { hrefOf } from '../state/route.ts'
import { useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { IconButton } from '../ui/parts.tsx'
import { sayLate } from './say.ts'

/** What has become late, until it is done or put away. It is read out by who has told of it, once. */
export function LateToast({
  late,
  putAway,
}: {
  late: readonly Late[]
  putAway(these: readonly Late[]): void
}) {
  const words = useWords()
  const [first] = late
  return (
    <div class="toast-place late-place">
      {first && (
        <p class="toast toast-late">
          <Icon name="alert" size={18} />
          <span>{sayLate(words, late)}</span>
          <a
            class="button quiet"
            href={hrefOf({ screen: 'inbox', conversationId: first.conversationId })}
            onClick={() => putAway([first])}
          >
            {words.t('openIt')}
          </a>
          <IconButton icon="close" label={words.t('dismissNotice')} onClick={() => putAway(late)} />
        </p>
      )}
    </div>
  )
}
