import type { Calendar } from '../../shared/house.ts'
import { everyPage } from '../connection/api.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { Field } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'

interface Props {
  hint: TextKey
  /** What counts where none is chosen. */
  none: TextKey
  value: string | undefined
  onChange: (calendar: string | undefined) => void
}

/** Which of the house's hours somebody works by. */
export function CalendarPicker({ hint, none, value, onChange }: Props) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const loaded = useLoaded(`/calendars ${version}`, () => everyPage<Calendar>(api, '/calendars'))
  const known = loaded.value?.items ?? []
  return (
    <Field label={t('officeHours')} hint={t(hint)}>
      {(ids) => (
        <select
          {...ids}
          class="select"
          value={value ?? ''}
          onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
        >
          <option value="">{t(none)}</option>
          {known.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {value !== undefined && !known.some(({ id }) => id === value) && (
            <option value={value}>{value}</option>
          )}
        </select>
      )}
    </Field>
  )
}
