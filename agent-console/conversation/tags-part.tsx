import { useState } from 'preact/hooks'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import { suggestedTags } from '../../shared/follow-up.ts'
import { PanelPart } from '../person/panel-part.tsx'
import { useDesk, useMayWrite, useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import { tagCalled, tagCharacters, tagName } from '../ui/labels.ts'
import { once } from '../ui/once.ts'

/** The labels of a conversation, and a few that are often wanted. */
export function TagsPart({ conversation }: { conversation: Conversation }) {
  const words = useWords()
  const { t } = words
  const desk = useDesk()
  const mayWrite = useMayWrite()
  const [failed, setFailed] = useState(false)
  const { id, tags = [] } = conversation
  const put = async (next: readonly string[]) =>
    setFailed((await desk.acts.tag(id, [...new Set(next)])) !== null)
  if (!mayWrite && tags.length === 0) return null
  return (
    <PanelPart title="conversationTags">
      <ul class="chips" aria-label={t('conversationTags')}>
        {tags.map((tag) => (
          <li key={tag} class="chip">
            <bdi>{tagName(words, tag)}</bdi>
            {mayWrite && (
              <button
                type="button"
                class="chip-remove"
                aria-label={t('removeTag', { tag: tagName(words, tag) })}
                onClick={once(() => void put(tags.filter((one) => one !== tag)))}
              >
                <Icon name="close" size={13} />
              </button>
            )}
          </li>
        ))}
        {mayWrite &&
          suggestedTags
            .filter((tag) => !tags.includes(tag))
            .map((tag) => (
              <li key={tag}>
                <button type="button" class="chip chip-offer" onClick={once(() => void put([...tags, tag]))}>
                  <Icon name="plus" size={13} />
                  {tagName(words, tag)}
                </button>
              </li>
            ))}
      </ul>
      {mayWrite && <OwnTag add={(tag) => void put([...tags, tagCalled(tag)])} />}
      {failed && (
        <span class="inline-fault" role="alert">
          {t('notDone')}
        </span>
      )}
    </PanelPart>
  )
}

function OwnTag({ add }: { add: (tag: string) => void }) {
  const { t } = useWords()
  const [text, setText] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() === '') return
        add(text.trim())
        setText('')
      }}
    >
      <input
        class="input"
        dir="auto"
        aria-label={t('ownTag')}
        placeholder={t('ownTag')}
        maxLength={tagCharacters}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </form>
  )
}
