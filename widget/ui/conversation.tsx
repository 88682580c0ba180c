import { Component, type ComponentType } from 'preact'
import type { Conversation } from '../../shared/conversation/conversation.ts'
import { type Place, timelineAt } from '../state/state.ts'
import { Log } from './log.tsx'
import type { View } from './view.ts'

interface Props {
  view: View
  place: Place
}

export class ConversationScreen extends Component<Props> {
  override componentDidMount(): void {
    this.componentDidUpdate()
  }

  /** What is drawn in a tab one sees has been looked at; what was told before is not told again. */
  override componentDidUpdate(): void {
    const { view, place } = this.props
    const { conversation } = timelineAt(view.state, place)
    if (conversation && document.visibilityState === 'visible') view.client.look(conversation.id)
  }

  override render({ view, place }: Props) {
    const { conversation } = timelineAt(view.state, place)
    return (
      <>
        <Log key={place} view={view} place={place} />
        {view.ending && conversation?.status === 'open' && <EndQuestion view={view} place={place} />}
        {conversation?.status === 'closed' && (
          <SurveyLater
            key={`${conversation.id}-${conversation.episode}`}
            view={view}
            conversation={conversation}
          />
        )}
      </>
    )
  }
}

type SurveyProps = { view: View; conversation: Conversation }

/** Asked after the chat, and so downloaded after it. */
class SurveyLater extends Component<SurveyProps, { Survey?: ComponentType<SurveyProps> }> {
  override componentDidMount(): void {
    this.props.view.host.load(() => import('./survey.tsx')).then((part) => this.setState(part))
  }

  override render(props: SurveyProps, { Survey }: { Survey?: ComponentType<SurveyProps> }) {
    return Survey && <Survey {...props} />
  }
}

/** The same function each time, so that it is called only when the element appears. */
const takeFocus = (element: HTMLElement | null): void => element?.focus()

/** Asked in the panel itself: a browser's dialog would stop the whole page. */
function EndQuestion({ view, place }: Props) {
  const { texts } = view.language
  const end = () => {
    const { conversation } = timelineAt(view.state, place)
    if (conversation) view.client.end(conversation.id)
    view.askToEnd(false)
  }
  return (
    <fieldset class="question">
      <legend>{texts.endQuestion}</legend>
      <div class="choices">
        <button ref={takeFocus} type="button" class="primary" onClick={end}>
          {texts.endConfirm}
        </button>
        <button type="button" class="quiet" onClick={() => view.askToEnd(false)}>
          {texts.endCancel}
        </button>
      </div>
    </fieldset>
  )
}
