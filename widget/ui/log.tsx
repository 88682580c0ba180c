import { Component, createRef, Fragment } from 'preact'
import { mint } from '../page/settings.ts'
import { type Place, timelineAt } from '../state/state.ts'
import { Asked } from './asked.tsx'
import { Files } from './files-place.tsx'
import { type Group, type Line, linesOf } from './lines.ts'
import { Named } from './named.tsx'
import { RichText } from './rich-text.tsx'
import type { View } from './view.ts'

/** How near to its end, or its top, the log counts as being read there, in px. */
const nearEnd = 80

interface Props {
  view: View
  place: Place
}

/** What was said. Only what comes in while one looks is read aloud; older entries come as one scrolls up to them. */
export class Log extends Component<Props> {
  #log = createRef<HTMLDivElement>()
  /** From the top of what is seen to the end, in px; none while the end is read. */
  #toEnd = 0
  /** Where the entries begin that have stood here for a frame. */
  #first = -1

  override componentDidMount(): void {
    this.componentDidUpdate()
  }

  override componentDidUpdate(): void {
    const log = this.#log.current
    if (!log) return
    const first = this.#begin()
    const moved = first !== this.#first
    if (moved || !this.#toEnd) log.scrollTop = log.scrollHeight - this.#toEnd
    if (moved)
      requestAnimationFrame(() => {
        this.#first = first
        this.setState({})
      })
    this.#lookBack(log)
  }

  override render({ view, place }: Props) {
    const { state, language } = view
    const lines = linesOf(timelineAt(state, place), language, view.now())
    const first = this.#begin()
    return (
      <div
        ref={this.#log}
        class="log"
        role="log"
        aria-label={language.texts.conversation}
        // What stood there before is no news.
        aria-live={first === this.#first ? 'polite' : 'off'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={this.#scrolled}
      >
        {!first && <Asked view={view} place={place} />}
        {lines.map((line) => (
          <LineOf key={line.key} view={view} line={line} />
        ))}
        {first > 0 && <Asked view={view} place={place} />}
        <Typists view={view} place={place} />
      </div>
    )
  }

  /** Where the entries begin; 0 before there are any. */
  #begin = (): number => timelineAt(this.props.view.state, this.props.place).entries[0]?.seq ?? 0

  #scrolled = ({ currentTarget: log }: { currentTarget: HTMLDivElement }): void => {
    const toEnd = log.scrollHeight - log.scrollTop
    this.#toEnd = toEnd - log.clientHeight < nearEnd ? 0 : toEnd
    this.#lookBack(log)
  }

  #lookBack({ scrollTop }: HTMLElement): void {
    const { view, place } = this.props
    if (this.#begin() > 1 && scrollTop < nearEnd) view.client.lookBack(place)
  }
}

function LineOf({ view, line }: { view: View; line: Line }) {
  switch (line.kind) {
    case 'day':
      return (
        <p class="day" aria-live="off">
          {line.text}
        </p>
      )
    case 'event':
      return (
        <p class="event">
          <Named text={line.text} name={line.name} />
        </p>
      )
    case 'group':
      return <GroupOf view={view} group={line} />
    case 'failed':
      return <Failed view={view} line={line} />
  }
}

function GroupOf({ view, group }: { view: View; group: Group }) {
  const { language, client } = view
  const { texts } = language
  return (
    // One's own words, times and states are no news either.
    <div class={`group ${group.side}`} aria-live={group.side === 'own' ? 'off' : undefined}>
      {group.author && (
        <p class="author">
          <bdi>{group.author}</bdi>
        </p>
      )}
      {group.said.map(({ key, text, state, files }) => (
        <Fragment key={key}>
          {text && (
            <p class={`bubble ${state ?? ''}`}>
              <RichText text={text} />
            </p>
          )}
          {files && <Files view={view} files={files} cancel={() => client.discard(mint(key))} />}
        </Fragment>
      ))}
      <p class="meta" aria-live="off">
        <time>{language.time(group.at)}</time>
        {group.state && <span>{texts[group.state]}</span>}
      </p>
    </div>
  )
}

function Failed({ view, line }: { view: View; line: Extract<Line, { kind: 'failed' }> }) {
  const { texts } = view.language
  return (
    <div class="group own" aria-live="off">
      {line.text && (
        <p class="bubble failed">
          <RichText text={line.text} />
        </p>
      )}
      {line.files && <Files view={view} files={line.files} error={line.error} />}
      <p class="meta">
        <strong>{texts.notSent}</strong>
        <button type="button" onClick={() => view.client.retry(line.clientId)}>
          {texts.retry}
        </button>
        <button type="button" onClick={() => view.client.discard(line.clientId)}>
          {texts.remove}
        </button>
      </p>
    </div>
  )
}

function Typists({ view: { state, language }, place }: { view: View; place: Place }) {
  const typists = place === 'unstarted' ? [] : (state.typing.get(place) ?? [])
  const [one] = typists
  if (!one) return null
  const { texts, plural } = language
  return (
    <p class="typing" aria-live="off">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>
        {typists.length === 1 ? (
          <Named text={texts.typing} name={one.name} />
        ) : (
          plural(texts.typingMany, typists.length)
        )}
      </span>
    </p>
  )
}
