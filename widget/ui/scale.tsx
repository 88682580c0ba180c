import type { SurveyKind } from '../../shared/conversation/entry.ts'
import { scales } from '../../shared/survey.ts'
import type { Language } from './language.ts'

interface Props {
  about: SurveyKind
  words: readonly string[]
  language: Language
  chosen: number | undefined
  focus: boolean
  choose(answer: number): void
}

/** The same function each time, so that it is called only when the element appears. */
const takeFocus = (element: HTMLElement | null): void => element?.focus()

/** The answers in a row, the least at the start of the line; what has words alone has the best first. */
export function Scale({ about, words, language, chosen, focus, choose }: Props) {
  const [least, most] = scales[about]
  const numbers = Array.from({ length: most - least + 1 }, (_, i) => least + i)
  const hasFaces = about === 'csat' || about === 'emotion'
  const isWords = about === 'goal'
  if (isWords) numbers.reverse()
  return (
    <>
      <div class={`scale ${hasFaces || isWords ? '' : 'numbers'}`} style={{ '--answers': numbers.length }}>
        {numbers.map((one, i) => {
          const word = words[one - least] ?? ''
          const number = language.number(one)
          return (
            <label key={one} class={chosen === one ? 'chosen' : ''}>
              <input
                ref={focus && i === 0 ? takeFocus : undefined}
                type="radio"
                name={about}
                aria-label={isWords ? word : word ? `${number} – ${word}` : number}
                checked={chosen === one}
                onChange={() => choose(one)}
              />
              {hasFaces && <Face rating={one} />}
              <span class="word">{hasFaces || isWords ? word : number}</span>
            </label>
          )
        })}
      </div>
      {!hasFaces && !isWords && (
        <p class="ends" aria-hidden="true">
          <span>{words[0]}</span>
          <span>{words.at(-1)}</span>
        </p>
      )}
    </>
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
