import { type Priority, priorities } from '../../shared/aims.ts'
import { useWords } from '../ui/context.tsx'
import type { TextKey } from '../ui/words.ts'

export const priorityNames: Record<Priority, TextKey> = {
  low: 'priorityLow',
  normal: 'priorityNormal',
  high: 'priorityHigh',
  urgent: 'priorityUrgent',
}

/** A word for those that are not as usual. */
export function PriorityMark({ priority = 'normal' }: { priority?: Priority | undefined }) {
  const { t } = useWords()
  if (priority === 'normal') return null
  return (
    <span class={`priority priority-${priority}`}>
      <span class="out-of-sight">{t('priority')}</span> {t(priorityNames[priority])}
    </span>
  )
}

export const priorityIn = (value: string): Priority => priorities.find((one) => one === value) ?? 'normal'
