import { Component, createRef } from 'preact'
import { limits } from '../../shared/limits.ts'
import { isBlank } from '../../shared/text/blank.ts'
import { characters } from '../../shared/text/characters.ts'
import { noticeTyping, type TypingMove, type TypingNotice } from '../../shared/typing.ts'
import { keep } from '../page/keep.ts'
import { type Place, timelineAt } from '../state/state.ts'
import { Files } from './files-place.tsx'
import { Icon } from './icons.tsx'
import type { View } from './view.ts'

interface Props {
  view: View
  place: Place
}

/** One field to write in. Enter sends, Shift and Enter begins a line, and a draft is never lost. */
export class Composer extends Component<Props, { text: string }> {
  #field = createRef<HTMLTextAreaElement>()
  #notice: TypingNotice = null

  constructor(props: Props) {
    super(props)
    this.state = { text: props.view.host.memory.held?.draft ?? '' }
  }

  override componentDidMount(): void {
    this.componentDidUpdate()
  }

  /** Where one does not write any more, one does not type. */
  override componentWillReceiveProps({ place }: Props): void {
    if (place !== this.props.place) this.#typing('stopped')
  }

  /** As high as its text, up to the six lines the sheet allows. */
  override componentDidUpdate(): void {
    const field = this.#field.current
    if (!field) return
    field.style.blockSize = 'auto'
    field.style.blockSize = `${field.scrollHeight}px`
  }

  override render({ view, place }: Props, { text }: { text: string }) {
    const { kit } = view
    const { texts, plural } = view.language
    const over = characters(text) - limits.messageCharacters
    const sendable = (!isBlank(text) || kit?.parcelsOf(view.host).chosen.length) && over <= 0
    const send = () => sendable && this.#send(text.trim())
    return (
      <div class="composer">
        {over > 0 && <p class="over">{plural(texts.tooLong, over)}</p>}
        {kit && <Files view={view} changed={() => this.setState({})} />}
        <div class="field">
          <button type="button" class="icon-button" aria-label={texts.attach} onClick={() => this.#attach()}>
            <Icon name="attach" />
          </button>
          <textarea
            ref={this.#field}
            rows={1}
            dir={text ? 'auto' : undefined}
            aria-label={texts.message}
            placeholder={placeholderOf(view, place)}
            value={text}
            onInput={(event) => this.#change(event.currentTarget.value)}
            onKeyDown={(event) => sendsBy(event) && send()}
            onPaste={(event) => this.#attach(event.clipboardData?.files)}
            onBlur={() => this.#typing('stopped')}
          />
          <button type="button" class="send" aria-label={texts.send} disabled={!sendable} onClick={send}>
            <Icon name="send" />
          </button>
        </div>
      </div>
    )
  }

  #change(text: string): void {
    this.setState({ text })
    keep(this.props.view.host, { draft: text })
    this.#typing(!isBlank(text) ? 'pressed' : 'stopped')
  }

  /** The first time this downloads all about files. Without any, the picker opens. */
  async #attach(files?: FileList): Promise<void> {
    if (files && !files.length) return
    const given = files && [...files]
    const { host, loadKit } = this.props.view
    const kit = await loadKit()
    if (given) kit.parcelsOf(host).take(given)
    else kit.pick(host)
  }

  #send(text: string): void {
    const { view, place } = this.props
    const files = view.kit?.parcelsOf(view.host).handOver()
    view.client.write(isBlank(text) ? '' : text, place, files?.length ? files : undefined)
    this.#change('')
    this.#field.current?.focus()
    if (view.screen.name === 'home') view.go({ name: 'conversation', place })
  }

  /** Tells the other side of typing, renewed as long as it goes on. */
  #typing(type: TypingMove['type']): void {
    const { client, state, now } = this.props.view
    const { conversation } = timelineAt(state, this.props.place)
    if (!conversation) return
    const next = noticeTyping(this.#notice, { type }, now())
    this.#notice = next.notice
    if (next.send !== null) client.typing(conversation.id, next.send)
  }
}

const placeholderOf = ({ state, language: { texts } }: View, place: Place): string =>
  timelineAt(state, place).conversation?.status === 'closed' ? texts.writeAgain : texts.messagePlaceholder

/** Enter sends. Within an input method it chooses a word; some browsers say so only by the code 229. */
function sendsBy(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return false
  event.preventDefault()
  return true
}
