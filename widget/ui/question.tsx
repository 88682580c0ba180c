import { Component } from 'preact'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { SurveyKind } from '../../shared/conversation/entry.ts'
import { limits } from '../../shared/limits.ts'
import type { SurveyWords } from '../../shared/survey.ts'
import { Scale } from './scale.tsx'
import type { View } from './view.ts'

interface Props {
  view: View
  conversation: Conversation
  about: SurveyKind
  focus: boolean
  done(): void
}

interface Stand {
  answer?: number | undefined
  comment: string
  busy?: boolean
  /** Why it was not taken. */
  fault?: string
  words?: SurveyWords
}

export class Question extends Component<Props, Stand> {
  #asking = false

  constructor(props: Props) {
    super(props)
    const { about, conversation } = props
    const { survey } = conversation
    const held = about === 'csat' && survey.state === 'answered' ? survey : undefined
    this.state = { answer: held?.rating, comment: held?.comment ?? '' }
  }

  override componentDidMount(): void {
    this.componentDidUpdate()
  }

  /** It is told as shown, and its words come with that; without a connection once there is one. */
  override async componentDidUpdate(): Promise<void> {
    const { view } = this.props
    if (this.state.words || this.#asking || view.state.connection !== 'online') return
    this.#asking = true
    const said = await view.client.survey('survey:show', this.#which())
    this.#asking = said.ok
    if (said.ok) this.setState({ words: said.value.words })
  }

  override render({ about, view, focus }: Props, { answer, comment, busy, fault, words }: Stand) {
    if (!words) return null
    const { texts } = view.language
    return (
      <fieldset class="survey">
        <legend dir="auto">{words.question}</legend>
        <Scale
          about={about}
          words={about === 'csat' ? texts.ratings : words.words}
          language={view.language}
          chosen={answer}
          focus={focus}
          choose={(answer) => this.setState({ answer })}
        />
        {words.comment && (
          <textarea
            dir={comment ? 'auto' : undefined}
            rows={2}
            maxLength={limits.commentCharacters}
            aria-label={words.comment}
            placeholder={words.comment}
            value={comment}
            onInput={(event) => this.setState({ comment: event.currentTarget.value })}
          />
        )}
        {fault && (
          <p class="fault" role="alert">
            {fault}
          </p>
        )}
        <div class="choices">
          <button
            type="button"
            class="primary"
            disabled={answer === undefined || busy}
            onClick={() => this.#send()}
          >
            {words.send}
          </button>
          <button type="button" class="quiet" onClick={() => this.#skip()}>
            {texts.skip}
          </button>
        </div>
      </fieldset>
    )
  }

  #which() {
    const { about, conversation } = this.props
    return { conversationId: conversation.id, ...(about === 'csat' ? {} : { about }) }
  }

  async #send(): Promise<void> {
    const { about, conversation, view, done } = this.props
    const { answer = 0, comment, words } = this.state
    const { id: conversationId } = conversation
    const { client, language } = view
    this.setState({ busy: true, fault: '' })
    const said = await (about === 'csat'
      ? client.survey('survey:answer', {
          conversationId,
          rating: ratings[answer - 1] ?? 1,
          comment: comment.trim(),
        })
      : client.survey('survey:reply', { conversationId, about, score: answer }))
    if (said.ok) return done()
    this.setState({ busy: false, fault: words?.faults[said.error.code] ?? language.texts.notSent })
  }

  #skip(): void {
    const { about, conversation, view, done } = this.props
    const isChange = about === 'csat' && conversation.survey.state === 'answered'
    if (!isChange) view.client.survey('survey:skip', this.#which())
    done()
  }
}

const ratings = [1, 2, 3, 4, 5] as const
