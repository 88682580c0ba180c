import { type FollowUpSettings, usualFollowUps } from '../../shared/follow-up.ts'
import { localText } from '../../shared/locale.ts'
import { useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'

/** What the house calls its causes and categories; by its id where it is not there any more. */
export function useCauseNames(): (kind: 'causes' | 'categories', key: string | null) => string {
  const words = useWords()
  const { api } = useSurroundings()
  const settings = useLoaded('settings', () => api.get<FollowUpSettings>('/follow-up-settings'))
  return (kind, key) => {
    if (!key) return words.t('causeUnknown')
    const found = (settings.value ?? usualFollowUps)[kind].find(({ id }) => id === key)
    return found ? localText(found.name, words.locale) : key
  }
}
