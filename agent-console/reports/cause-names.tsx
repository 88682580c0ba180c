import { type FollowUpSettings, usualFollowUps } from '../../shared/follow-up.ts'
import { localText } from '../../shared/locale.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'

export type CauseNames = (kind: 'causes' | 'categories', key: string | null) => string

/**
 * What the house calls its causes and categories; by its id where it is not there any more. Asks for them: once for a
 * list, not in each of its rows.
 */
export function useCauseNames(): CauseNames {
  const words = useWords()
  const { api } = useSurroundings()
  const settings = useLoaded('settings', () => api.get<FollowUpSettings>('/follow-up-settings'))
  return (kind, key) => {
    if (!key) return words.t('causeUnknown')
    const found = (settings.value ?? usualFollowUps)[kind].find(({ id }) => id === key)
    return found ? localText(found.name, words.locale) : key
  }
}
