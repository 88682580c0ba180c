import { limits } from '../../shared/limits.ts'
import type { Mark } from '../../shared/metrics/journeys/stages.ts'
import type { Segment } from '../../shared/triggers/segments.ts'
import { useWords } from '../ui/context.tsx'
import { NumberInput } from '../ui/number-input.tsx'
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

const lines = new WeakMap<Mark, number>()
let lastLine = 0

/** Tells lines apart while they are written, whichever are removed: what is typed stays in its own. */
function lineOf(mark: Mark): number {
  const known = lines.get(mark) ?? ++lastLine
  lines.set(mark, known)
  return known
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
  const put = (held: Mark, mark: Mark) => {
    lines.set(mark, lineOf(held))
    onChange(marks.map((one) => (one === held ? mark : one)))
  }
  return (
    <fieldset class="journey-stage">
      <legend>{name}</legend>
      {marks.length === 0 && <p class="field-hint">{t('markNone')}</p>}
      {marks.map((mark) => (
        <MarkLine
          key={lineOf(mark)}
          label={t('markOf', { stage: name })}
          mark={mark}
          segments={segments}
          onChange={(next) => put(mark, next)}
          onRemove={() => onChange(marks.filter((one) => one !== mark))}
        />
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

interface LineProps extends ValueProps {
  label: string
  onRemove: () => void
}

function MarkLine({ label, mark, segments, onChange, onRemove }: LineProps) {
  const { t } = useWords()
  const choose = (value: string) => {
    const by = bys.find((one) => one === value)
    if (by) onChange(freshMark(by, segments))
  }
  return (
    <div class="journey-mark">
      <select
        class="select"
        aria-label={label}
        value={mark.by}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {bys
          .filter((by) => by !== 'segment' || segments.length > 0 || mark.by === by)
          .map((by) => (
            <option key={by} value={by}>
              {t(byTexts[by])}
            </option>
          ))}
      </select>
      <MarkValue key={mark.by} mark={mark} segments={segments} onChange={onChange} />
      <IconButton icon="trash" label={t('markRemove')} onClick={onRemove} />
    </div>
  )
}

interface ValueProps {
  mark: Mark
  segments: readonly Segment[]
  onChange: (mark: Mark) => void
}

function MarkValue({ mark, segments, onChange }: ValueProps) {
  const label = useWords().t('markValue')
  const shared = { class: 'input', 'aria-label': label, required: true }
  switch (mark.by) {
    case 'page':
      return (
        <input
          {...shared}
          dir="ltr"
          pattern="[\/*?].*"
          maxLength={limits.globCharacters}
          value={mark.glob}
          onInput={(event) => onChange({ by: 'page', glob: event.currentTarget.value })}
        />
      )
    case 'event':
      return (
        <input
          {...shared}
          dir="auto"
          maxLength={60}
          value={mark.name}
          onInput={(event) => onChange({ by: 'event', name: event.currentTarget.value })}
        />
      )
    case 'segment':
      return <SegmentValue label={label} chosen={mark.segment} segments={segments} onChange={onChange} />
    case 'chat':
      return null
    case 'pages':
    case 'days':
      return (
        <NumberInput
          aria-label={label}
          range={[2, 366]}
          value={mark.atLeast}
          onChange={(atLeast = mark.atLeast) => onChange({ by: mark.by, atLeast })}
        />
      )
  }
}

interface SegmentProps extends Omit<ValueProps, 'mark'> {
  label: string
  chosen: string
}

/** One that is gone stays as it is called in the settings. */
const SegmentValue = ({ label, chosen, segments, onChange }: SegmentProps) => (
  <select
    class="select"
    aria-label={label}
    value={chosen}
    onChange={(event) => onChange({ by: 'segment', segment: event.currentTarget.value })}
  >
    {!segments.some(({ id }) => id === chosen) && <option value={chosen}>{chosen}</option>}
    {segments.map(({ id, name }) => (
      <option key={id} value={id}>
        {name}
      </option>
    ))}
  </select>
)
