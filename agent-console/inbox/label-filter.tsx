import { useDeskState, useWords } from '../ui/context.tsx'
import { tagCalled, tagCharacters, tagName, tagsKnown } from '../ui/labels.ts'

/** Only what is labelled so: one of those that are offered, or another, as it was written. Empty: everything. */
export function LabelFilter({ onChange }: { onChange: (tag: string | null) => void }) {
  const words = useWords()
  const name = words.t('filterByLabel')
  const inbox = useDeskState((desk) => desk.inbox)
  const find = (text: string) => onChange(text.trim() === '' ? null : tagCalled(text.trim()))
  return (
    <form class="inbox-label" onSubmit={(event) => event.preventDefault()}>
      <input
        class="input"
        type="search"
        dir="auto"
        list="known-labels"
        aria-label={name}
        placeholder={name}
        maxLength={tagCharacters}
        onChange={(event) => find(event.currentTarget.value)}
        onInput={(event) => event.currentTarget.value === '' && find('')}
      />
      <datalist id="known-labels">
        {tagsKnown(inbox).map((tag) => (
          <option key={tag} value={tagName(words, tag)} />
        ))}
      </datalist>
    </form>
  )
}
