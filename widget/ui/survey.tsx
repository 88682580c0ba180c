import { useEffect, useState } from 'preact/hooks'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { Rating } from '../../shared/conversation/entry.ts'
import { limits } from '../../shared/limits.ts'
import { Face } from './icons.tsx'
import type { View } from './view.ts'

const ratings: readonly Rating[] = [1, 2, 3, 4, 5]

/** After the close: how it was. Skipping is as easy as answering. */
export function Survey({ view, conversation }: { view: View; conversation: Conversation }) {
  const { survey } = conversation
  const { texts } = view.language
  const [changing, setChanging] = useState(false)
  switch (survey.state) {
    case 'none':
    case 'skipped':
      return null
    case 'answered':
      if (changing) return <Form view={view} conversation={conversation} done={() => setChanging(false)} />
      return (
        <div class="survey thanks">
          <p>{texts.thanks}</p>
          <button type="button" class="quiet" onClick={() => setChanging(true)}>
            {texts.changeRating}
          </button>
        </div>
      )
    case 'due':
    case 'shown':
      return <Form view={view} conversation={conversation} done={() => undefined} />
  }
}

function Form({ view, conversation, done }: { view: View; conversation: Conversation; done(): void }) {
  const { client, language } = view
  const { texts } = language
  const given = conversation.survey.state === 'answered' ? conversation.survey : null
  const [rating, setRating] = useState<Rating | null>(given?.rating ?? null)
  const [comment, setComment] = useState(given?.comment ?? '')
  const [busy, setBusy] = useState(false)

  useEffect(() => {
    if (conversation.survey.state === 'due') client.survey.show(conversation.id)
  }, [conversation.survey.state])

  const send = async () => {
    if (rating === null) return
    setBusy(true)
    if (await client.survey.answer(conversation.id, rating, comment.trim())) done()
    setBusy(false)
  }
  const skip = () => (given ? done() : client.survey.skip(conversation.id))
  return (
    <fieldset class="survey">
      <legend>{texts.surveyQuestion}</legend>
      <div class="faces-row">
        {ratings.map((one) => (
          <Choice key={one} one={one} chosen={rating === one} view={view} choose={setRating} />
        ))}
      </div>
      <textarea
        dir={comment ? 'auto' : undefined}
        rows={2}
        maxLength={limits.commentCharacters}
        aria-label={texts.comment}
        placeholder={texts.comment}
        value={comment}
        onInput={(event) => setComment(event.currentTarget.value)}
      />
      <div class="choices">
        <button type="button" class="primary" disabled={rating === null || busy} onClick={send}>
          {texts.sendRating}
        </button>
        <button type="button" class="quiet" onClick={skip}>
          {texts.skip}
        </button>
      </div>
    </fieldset>
  )
}

interface ChoiceProps {
  one: Rating
  chosen: boolean
  view: View
  choose(rating: Rating): void
}

function Choice({ one, chosen, view: { language }, choose }: ChoiceProps) {
  const word = language.texts.ratings[one - 1] ?? ''
  return (
    <label class={chosen ? 'chosen' : ''}>
      <input
        type="radio"
        name="rating"
        aria-label={`${language.number(one)} – ${word}`}
        checked={chosen}
        onChange={() => choose(one)}
      />
      <Face rating={one} />
      <span class="word">{word}</span>
    </label>
  )
}
