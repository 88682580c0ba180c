import { limits } from '../../shared/limits.ts'
import type { Mark } from '../../shared/metrics/journeys/stages.ts'
import type { Segment } from '../../shared/triggers/segments.ts'
import { useWords } from '../ui/context.tsx'
import { IconButton } from '../ui/parts.tsx'
import type { TextKey } from '../ui/words.ts'

type By = Mark['by']

const bys: readonly By[] = ['page', 'event', 'segment', 'chat', 'pages', 'days']

const byTexts: Record<By, TextKey> = {
  ...{ page: 'markPage', event: 'markEvent', segment: 'markSegment' },
  ...{ chat: 'markChat', pages: 'markPages', days: 'markDays' },
}

/** A sign of its kind, with something in it to be changed. */
function freshMark(by: By, segments: readonly Segment[]): Mark {
  switch (by) {
    case 'page':
      return { by, glob: '/' }
    case 'event':
      return { by, name: '' }
    case 'segment':
      return { by, segment: segments[0]?.id ?? '' }
    case 'chat':
      return { by }
    case 'pages':
    case 'days':
      return { by, atLeast: 2 }
  }
}

interface StageProps {
  /** Of the stage. */
  name: string
  marks: readonly Mark[]
  segments: readonly Segment[]
  fault: boolean
  onChange: (marks: Mark[]) => void
}

/** The signs of one stage, a line each. */
export function StageMarks({ name, marks, segments, fault, onChange }: StageProps) {
  const { t } = useWords()
  const put = (index: number, mark: Mark) => onChange(marks.map((one, i) => (i === index ? mark : one)))
  return (
    <fieldset class="journey-stage">
      <legend>{name}</legend>
      {marks.length === 0 && <p class="field-hint">{t('markNone')}</p>}
      {marks.map((mark, i) => (
        // Lines have no names of their own, and none moves but by being removed.
        <div class="journey-mark" key={`${i} ${mark.by}`}>
          <select
            class="select"
            aria-label={t('markOf', { stage: name })}
            value={mark.by}
            onChange={(event) => {
              const by = bys.find((one) => one === event.currentTarget.value)
              if (by) put(i, freshMark(by, segments))
            }}
          >
            {bys
              .filter((by) => by !== 'segment' || segments.length > 0 || mark.by === by)
              .map((by) => (
                <option key={by} value={by}>
                  {t(byTexts[by])}
                </option>
              ))}
          </select>
          <MarkValue mark={mark} segments={segments} onChange={(next) => put(i, next)} />
          <IconButton
            icon="trash"
            label={t('markRemove')}
            onClick={() => onChange(marks.filter((_, at) => at !== i))}
          />
        </div>
      ))}
      <div>
        <button
          type="button"
          class="button quiet"
          onClick={() => onChange([...marks, freshMark('page', segments)])}
        >
          {t('markAdd')}
        </button>
      </div>
      {fault && (
        <p class="form-fault" role="alert">
          {t('notSaved')}
        </p>
      )}
    </fieldset>
  )
}

interface ValueProps {
  mark: Mark
  segments: readonly Segment[]
  onChange: (mark: Mark) => void
}

function MarkValue({ mark, segments, onChange }: ValueProps) {
  const label = useWords().t('markValue')
  switch (mark.by) {
    case 'page':
      return (
        <input
          class="input"
          dir="ltr"
          aria-label={label}
          required
          pattern="[\/*?].*"
          maxLength={limits.globCharacters}
          value={mark.glob}
          onInput={(event) => onChange({ by: 'page', glob: event.currentTarget.value })}
        />
      )
    case 'event':
      return (
        <input
          class="input"
          dir="auto"
          aria-label={label}
          required
          maxLength={60}
          value={mark.name}
          onInput={(event) => onChange({ by: 'event', name: event.currentTarget.value })}
        />
      )
    case 'segment':
      return (
        <select
          class="select"
          aria-label={label}
          value={mark.segment}
          onChange={(event) => onChange({ by: 'segment', segment: event.currentTarget.value })}
        >
          {!segments.some(({ id }) => id === mark.segment) && (
            <option value={mark.segment}>{mark.segment}</option>
          )}
          {segments.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )
    case 'chat':
      return null
    case 'pages':
    case 'days':
      return (
        <input
          class="input"
          type="number"
          dir="ltr"
          aria-label={label}
          required
          min={2}
          max={366}
          value={mark.atLeast}
          onInput={(event) => onChange({ by: mark.by, atLeast: event.currentTarget.valueAsNumber })}
        />
      )
  }
}
