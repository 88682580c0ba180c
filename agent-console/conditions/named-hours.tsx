import type { Condition } from '../../shared/triggers/rule.ts'
import { useWords } from '../ui/context.tsx'
import { useEditing } from './editing.tsx'
import { Hours } from './hours.tsx'

type Scheduled = Extract<Condition, { kind: 'schedule' }>

interface Props {
  condition: Scheduled
  onChange: (condition: Scheduled) => void
}

/** The hours of this condition alone, or those that the settings keep under a name. */
export function NamedHours({ condition, onChange }: Props) {
  const { t } = useWords()
  const { calendars } = useEditing().known
  const { calendar, ...own } = condition
  return (
    <>
      {(calendars.length > 0 || calendar !== undefined) && (
        <select
          class="part-input"
          aria-label={t('whichHours')}
          value={calendar ?? ''}
          onChange={(event) => {
            const id = event.currentTarget.value
            onChange(id ? { ...own, calendar: id } : own)
          }}
        >
          <option value="">{t('ownHours')}</option>
          {calendars.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {calendar !== undefined && !calendars.some(({ id }) => id === calendar) && (
            <option value={calendar}>{calendar}</option>
          )}
        </select>
      )}
      {calendar === undefined && <Hours value={condition} onChange={onChange} />}
    </>
  )
}
