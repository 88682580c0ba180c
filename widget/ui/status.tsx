import { Component } from 'preact'
import { connectionTold, type Told } from './told.ts'
import type { View } from './view.ts'

/** The connection: said aloud when it changes, and shown while it is not well. */
export class ConnectionStatus extends Component<{ view: View }> {
  #timer: ReturnType<typeof setTimeout> | undefined

  override componentDidMount(): void {
    this.componentDidUpdate()
  }

  /** Time alone changes what there is to say. */
  override componentDidUpdate(): void {
    clearTimeout(this.#timer)
    const { until } = this.#told()
    if (until !== null) this.#timer = setTimeout(() => this.forceUpdate(), until - this.props.view.now())
  }

  override componentWillUnmount(): void {
    clearTimeout(this.#timer)
  }

  override render() {
    const told = this.#told()
    return (
      <p role="status" class={told.shown ? 'connection' : 'unseen'}>
        {sentences(told, this.props.view)}
      </p>
    )
  }

  #told(): Told {
    const { state, now } = this.props.view
    return connectionTold(state, { now: now(), network: navigator.onLine })
  }
}

function sentences({ word, shown, waiting }: Told, { language: { texts, plural } }: View): string {
  if (!word) return ''
  if (shown && waiting) return `${texts[word]}. ${plural(texts.waiting, waiting)}`
  return word === 'offline' ? `${texts.offline}. ${texts.kept}` : texts[word]
}
