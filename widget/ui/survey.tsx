import { Component } from 'preact'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import type { SurveyKind } from '../../shared/conversation/entry.ts'
import { times } from '../../shared/limits.ts'
import { openAsks } from '../../shared/survey.ts'
import { addSheet } from '../page/launcher.ts'
import { Question } from './question.tsx'
import css from './survey.css'
import { changeRating } from './texts/change-rating.ts'
import type { View } from './view.ts'

interface Props {
  view: View
  conversation: Conversation
}

interface Stand {
  changing?: boolean
  /** The visitor has just done with a question: the focus goes on to what follows it. */
  going?: boolean
}

const sheeted = new WeakSet<ShadowRoot>()

function dress(root: ShadowRoot): void {
  if (!sheeted.has(root)) addSheet(root, css)
  sheeted.add(root)
}

/** After the close: how it was, one thing at a time. Skipping is as easy as answering. */
export class Survey extends Component<Props, Stand> {
  override componentWillMount(): void {
    dress(this.props.view.host.root())
  }

  override render({ view, conversation }: Props, { changing, going }: Stand) {
    const about: SurveyKind | undefined = changing ? 'csat' : openAsks(conversation)[0]
    if (about)
      return (
        <Question
          key={about}
          view={view}
          conversation={conversation}
          about={about}
          focus={!!going}
          done={() => this.setState({ changing: false, going: true })}
        />
      )
    return this.#thanks()
  }

  #thanks() {
    const { view, conversation } = this.props
    const { survey, asks = {} } = conversation
    const { texts, locale } = view.language
    const rated = survey.state === 'answered'
    if (!rated && !Object.values(asks).some(({ state }) => state === 'answered')) return null
    const mayChange = rated && view.now() - (survey.firstAt ?? survey.at) < times.ratingChangeable
    return (
      <div class="survey thanks">
        <p>{texts.thanks}</p>
        {mayChange && (
          <button type="button" class="quiet" onClick={() => this.setState({ changing: true, going: true })}>
            {changeRating[locale]}
          </button>
        )}
      </div>
    )
  }
}
