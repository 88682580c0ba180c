import { locales } from '../../shared/locale.ts'
import { useSurroundings } from './context.tsx'
import { useSelected } from './hooks.tsx'
import { languageNames } from './language-names.ts'

export function LanguageSwitch() {
  const { preferences, words } = useSurroundings()
  const { locale } = useSelected(preferences, (held) => held)
  return (
    <fieldset class="choices languages" aria-label={words.t('language')}>
      {locales.map((one) => (
        <button
          key={one}
          type="button"
          class="choice"
          lang={one}
          aria-pressed={one === locale}
          onClick={() => preferences.update((held) => ({ ...held, locale: one }))}
        >
          {languageNames[one]}
        </button>
      ))}
    </fieldset>
  )
}
