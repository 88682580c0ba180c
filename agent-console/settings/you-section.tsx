import { AlertsPart } from '../alerts/alerts-part.tsx'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useSelected } from '../ui/hooks.tsx'
import { Icon } from '../ui/icons.tsx'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { Avatar, Choices } from '../ui/parts.tsx'

/** What is kept in this browser for its agent alone. */
export function YouSection({ onSignOut }: { onSignOut: () => void }) {
  const { t } = useWords()
  const { preferences } = useSurroundings()
  const { theme } = useSelected(preferences, (held) => held)
  const me = useDeskState((desk) => desk.me)
  return (
    <div class="settings">
      <section class="card" aria-labelledby="you-title">
        <header class="card-head">
          <Avatar id={me.id} name={me.name} size="l" />
          <div class="account-words">
            <h2 id="you-title">
              <bdi>{me.name}</bdi>
            </h2>
            <p class="quiet-words">
              <bdi dir="ltr">{me.email}</bdi>
            </p>
          </div>
          <button type="button" class="button" onClick={onSignOut}>
            <Icon name="door" size={18} />
            {t('signOut')}
          </button>
        </header>
        <div class="field">
          <span class="label">{t('language')}</span>
          <LanguageSwitch />
        </div>
        <div class="field">
          <span class="label">{t('appearance')}</span>
          <Choices
            name={t('appearance')}
            value={theme}
            onChange={(next) => preferences.update((held) => ({ ...held, theme: next }))}
            choices={[
              { value: 'auto', label: t('themeAuto') },
              { value: 'light', label: t('themeLight') },
              { value: 'dark', label: t('themeDark') },
            ]}
          />
        </div>
        <AlertsPart />
      </section>
    </div>
  )
}
