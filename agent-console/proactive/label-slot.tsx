import { limits } from '../../shared/limits.ts'
import { direction, type Locale, type LocalText } from '../../shared/locale.ts'

interface LabelProps {
  label: string
  locale: Locale
  value: LocalText
  onChange: (value: LocalText) => void
}

/** A few words in one language; the other languages stay. What another language has is shown where this has none. */
export const LabelSlot = ({ label, locale, value, onChange }: LabelProps) => (
  <input
    class="part-input"
    dir={direction(locale)}
    lang={locale}
    size={Math.max(10, Math.min(40, (value[locale] ?? '').length + 2))}
    maxLength={limits.labelCharacters}
    aria-label={label}
    placeholder={value.en ?? value.ar ?? value.fa ?? label}
    value={value[locale] ?? ''}
    onInput={(event) => onChange({ ...value, [locale]: event.currentTarget.value })}
  />
)
