import { Component } from 'preact'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { Rating } from '../../shared/conversation/entry.ts'
import { limits } from '../../shared/limits.ts'
import { addSheet } from '../page/launcher.ts'
import css from './survey.css'
import type { View } from './view.ts'

const ratings: readonly Rating[] = [1, 2, 3, 4, 5]

interface Props {
  view: View
  conversation: Conversation
}

const sheeted = new WeakSet<ShadowRoot>()

function dress(root: ShadowRoot): void {
  if (!sheeted.has(root)) addSheet(root, css)
  sheeted.add(root)
}

/** After the close: how it was. Skipping is as easy as answering. */
export class Survey extends Component<Props, { changing?: boolean }> {
  override componentWillMount(): void {
    dress(this.props.view.host.root())
  }

  override render({ view, conversation }: Props, { changing }: { changing?: boolean }) {
    const { survey } = conversation
    const { texts } = view.language
    const change = (changing: boolean) => this.setState({ changing })
    switch (survey.state) {
      case 'none':
      case 'skipped':
        return null
      case 'answered':
        if (changing) return <Form view={view} conversation={conversation} done={() => change(false)} />
        return (
          <div class="survey thanks">
            <p>{texts.thanks}</p>
            <button type="button" class="quiet" onClick={() => change(true)}>
              {texts.changeRating}
            </button>
          </div>
        )
      case 'due':
      case 'shown':
        return <Form view={view} conversation={conversation} done={() => undefined} />
    }
  }
}

interface FormProps extends Props {
  done(): void
}

interface Answer {
  rating: Rating | null
  comment: string
  busy: boolean
}

class Form extends Component<FormProps, Answer> {
  constructor(props: FormProps) {
    super(props)
    const { survey } = props.conversation
    const { rating, comment } = survey.state === 'answered' ? survey : { rating: null, comment: '' }
    this.state = { rating, comment, busy: false }
  }

  override componentDidMount(): void {
    const { view, conversation } = this.props
    if (conversation.survey.state === 'due') view.client.survey.show(conversation.id)
  }

  override render({ view }: FormProps, { rating, comment, busy }: Answer) {
    const { texts } = view.language
    return (
      <fieldset class="survey">
        <legend>{texts.surveyQuestion}</legend>
        <div class="faces-row">
          {ratings.map((one) => (
            <Choice
              key={one}
              one={one}
              chosen={rating === one}
              view={view}
              choose={(rating) => this.setState({ rating })}
            />
          ))}
        </div>
        <textarea
          dir={comment ? 'auto' : undefined}
          rows={2}
          maxLength={limits.commentCharacters}
          aria-label={texts.comment}
          placeholder={texts.comment}
          value={comment}
          onInput={(event) => this.setState({ comment: event.currentTarget.value })}
        />
        <div class="choices">
          <button
            type="button"
            class="primary"
            disabled={rating === null || busy}
            onClick={() => this.#send()}
          >
            {texts.sendRating}
          </button>
          <button type="button" class="quiet" onClick={() => this.#skip()}>
            {texts.skip}
          </button>
        </div>
      </fieldset>
    )
  }

  async #send(): Promise<void> {
    const { view, conversation, done } = this.props
    const { rating, comment } = this.state
    if (rating === null) return
    this.setState({ busy: true })
    if (await view.client.survey.answer(conversation.id, rating, comment.trim())) done()
    this.setState({ busy: false })
  }

  #skip(): void {
    const { view, conversation, done } = this.props
    if (conversation.survey.state === 'answered') done()
    else view.client.survey.skip(conversation.id)
  }
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

const mouths = ['M8 17q4-5 8 0', 'M8 16.5q4-3 8 0', 'M8 16h8', 'M8 15q4 3 8 0', 'M8 14q4 6 8 0']

/** A face for a rating, drawn rather than typed: not every device has a font for it. */
const Face = ({ rating }: { rating: number }) => (
  <svg class="icon face-icon" viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="9.5" />
    <path d={`M9 9.3v.7M15 9.3v.7${mouths[rating - 1]}`} />
  </svg>
)
