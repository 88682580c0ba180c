import { Component, createRef, Fragment } from 'preact'
import { mint } from '../page/settings.ts'
import { type Place, timelineAt } from '../state/state.ts'
import { Asked } from './asked.tsx'
import { Files } from './files-place.tsx'
import { type Group, type Line, linesOf } from './lines.ts'
import { Named } from './named.tsx'
import { RichText } from './rich-text.tsx'
import type { View } from './view.ts'

/** How near to its end the log counts as being read at its end, in px. */
const nearEnd = 80

interface Props {
  view: View
  place: Place
}

/** What was said. Only what comes in while one looks is read aloud. */
export class Log extends Component<Props, { settled: boolean }> {
  #log = createRef<HTMLDivElement>()
  #atEnd = true

  constructor(props: Props) {
    super(props)
    this.state = { settled: false }
  }

  override componentDidMount(): void {
    this.componentDidUpdate()
    requestAnimationFrame(() => this.setState({ settled: true }))
  }

  override componentDidUpdate(): void {
    const log = this.#log.current
    if (this.#atEnd && log) log.scrollTop = log.scrollHeight
  }

  override render({ view, place }: Props, { settled }: { settled: boolean }) {
    const { state, language } = view
    const lines = linesOf(timelineAt(state, place), language, view.now())
    const begins = timelineAt(state, place).entries.length === 0
    return (
      <div
        ref={this.#log}
        class="log"
        role="log"
        aria-label={language.texts.conversation}
        // What stood there before is no news.
        aria-live={settled ? 'polite' : 'off'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={this.#scrolled}
      >
        {begins && <Asked view={view} place={place} />}
        {lines.map((line) => (
          <LineOf key={line.key} view={view} line={line} />
        ))}
        {!begins && <Asked view={view} place={place} />}
        <Typists view={view} place={place} />
      </div>
    )
  }

  #scrolled = (): void => {
    const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = this.#log.current ?? {}
    this.#atEnd = scrollHeight - scrollTop - clientHeight < nearEnd
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
