import { useEffect, useRef, useState } from 'preact/hooks'
import type { SiteId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { RuleFault } from '../../shared/triggers/faults.ts'
import type { RuleNode } from '../../shared/triggers/rule.ts'
import type { LeadScore } from '../../shared/triggers/score.ts'
import { sayFault } from '../../shared/triggers/words/words.ts'
import { ConditionsEditor } from '../conditions/conditions-editor.tsx'
import { useDeskState, useMayConfigure, useSurroundings, useWords } from '../ui/context.tsx'
import { figure, roughly } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import { Icon } from '../ui/icons.tsx'
import { NumberInput } from '../ui/number-input.tsx'
import { Fault, Field, IconButton, Skeleton } from '../ui/parts.tsx'
import { Toast } from '../ui/toast.tsx'
import type { TextKey, Words } from '../ui/words.ts'
import { useDraft } from './draft.tsx'
import { said } from './in-it-now.tsx'
import { ifUnchanged, SaveFault } from './named-card.tsx'
import { SaveFoot } from './save-foot.tsx'

type Part = LeadScore['parts'][number]
type Held = LeadScore & { revision?: string; faults?: RuleFault[] }

const usual: readonly { name: TextKey; points: number; when: RuleNode[] }[] = [
  { name: 'examplePrices', points: 20, when: [{ kind: 'url', glob: '/pricing*' }] },
  { name: 'exampleReturned', points: 10, when: [{ kind: 'returning', is: true }] },
  { name: 'exampleStayed', points: 5, when: [{ kind: 'secondsOnSite', atLeast: 180 }] },
]

const halfLives = [3_600, 86_400, 7 * 86_400, 30 * 86_400]

/** How promising a visitor is: points for what they do, which fade. */
export function ScoreCard({ siteId }: { siteId: SiteId }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const held = useLoaded(`score ${siteId} ${version}`, () => api.get<Held>('/lead-score', { site: siteId }))
  if (held.value === null)
    return held.failed ? <Fault text={t('couldNotLoad')} again={held.again} /> : <Skeleton rows={2} />
  return <ScoreForm siteId={siteId} held={held.value} />
}

function ScoreForm({ siteId, held }: { siteId: SiteId; held: Held }) {
  const { t, locale } = useWords()
  const mayConfigure = useMayConfigure()
  const { draft: score, change, state, error, save } = useScore(siteId, held)
  const { faults = [] } = held
  const setParts = (parts: Part[]) => change({ parts })
  const { gone, remove, notice } = useRemovedPart(score.parts, setParts)
  return (
    <form class="card form" aria-labelledby="score-title" onSubmit={(event) => void save(event)}>
      <header class="card-head">
        <h2 id="score-title">{t('leadScore')}</h2>
      </header>
      <p class="card-about">{t('leadScoreAbout')}</p>
      {faults.length > 0 && (
        <ul class="form-fault">
          {faults.map((fault) => (
            <li key={fault.path}>{sayFault(fault, locale)}</li>
          ))}
        </ul>
      )}
      <ul class="score-parts">
        {score.parts.map((part, i) => (
          <PartRow
            key={part.id}
            part={part}
            site={siteId}
            onChange={(next) => setParts(score.parts.map((one, at) => (at === i ? next : one)))}
            onRemove={() => remove(i)}
          />
        ))}
      </ul>
      {mayConfigure && <Adding parts={score.parts} onChange={setParts} gone={gone} />}
      {notice}
      {score.parts.length > 0 && <HalfLife score={score} onChange={change} />}
      {error && <SaveFault error={error} />}
      {mayConfigure && <SaveFoot state={state} />}
    </form>
  )
}

/** Takes a part out and tells of it, with the way back. */
function useRemovedPart(parts: Part[], setParts: (parts: Part[]) => void) {
  const { t } = useWords()
  const [removed, setRemoved] = useState<{ part: Part; at: number } | null>(null)
  const [gone, setGone] = useState(0)
  const remove = (at: number) => {
    const part = parts[at]
    setParts(parts.toSpliced(at, 1))
    setGone(gone + 1)
    if (part) setRemoved({ part, at })
  }
  const undo = async () => {
    if (removed) setParts(parts.toSpliced(removed.at, 0, removed.part))
    return true
  }
  const done = removed && { text: t('removedName', { name: removed.part.name || t('scoreReason') }), undo }
  return { gone, remove, notice: <Toast done={done} onGone={() => setRemoved(null)} /> }
}

function useScore(siteId: SiteId, held: Held) {
  const { api } = useSurroundings()
  return useDraft({
    held,
    draftOf: ({ halfLifeSeconds, parts }: Held): LeadScore => ({ halfLifeSeconds, parts }),
    put: (score, { revision }) =>
      api.send<Held>('PUT', `/lead-score?site=${siteId}${ifUnchanged(revision, '&')}`, score),
    now: () => api.get<Held>('/lead-score', { site: siteId }),
  })
}

interface PartProps {
  part: Part
  site: SiteId
  onChange: (part: Part) => void
  onRemove: () => void
}

function PartRow({ part, site, onChange, onRemove }: PartProps) {
  const words = useWords()
  const { t } = words
  return (
    <li class="score-part">
      <div class="score-line">
        <NumberInput
          class="score-points"
          range={[-100, 100]}
          aria-label={t('scorePoints')}
          value={part.points}
          onChange={(points = part.points) => onChange({ ...part, points })}
        />
        <input
          class="input"
          dir="auto"
          required
          maxLength={60}
          aria-label={t('scoreReason')}
          placeholder={t('scoreReason')}
          value={part.name}
          onInput={(event) => onChange({ ...part, name: event.currentTarget.value })}
        />
        <IconButton icon="trash" label={t('removeName', { name: part.name })} onClick={onRemove} />
      </div>
      <details class="score-when" open={part.when.length === 0}>
        <summary>{part.when.length === 0 ? t('scoreWhen') : said(words, part.when)}</summary>
        <ConditionsEditor when={part.when} site={site} onChange={(when) => onChange({ ...part, when })} />
      </details>
    </li>
  )
}

/**
 * The server tells parts apart by an id that stays when they are renamed. Never one that another had before: when that
 * last held is remembered of visitors.
 */
function freshPart(parts: readonly Part[], of: Omit<Part, 'id'>): Part {
  let number = Date.now()
  while (parts.some(({ id }) => id === idOf(number))) number++
  return { id: idOf(number), ...of }
}

const idOf = (number: number): string => `part-${number.toString(36)}`

interface AddingProps {
  parts: Part[]
  onChange: (parts: Part[]) => void
  /** How often a part has gone, which had the focus. */
  gone: number
}

function Adding({ parts, onChange, gone }: AddingProps) {
  const { t } = useWords()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (gone > 0) button.current?.focus()
  }, [gone])
  const begin = () =>
    onChange(
      usual.reduce<Part[]>(
        (all, { name, ...one }) => all.concat(freshPart(all, { ...one, name: t(name) })),
        [],
      ),
    )
  return (
    <p class="score-adding">
      {parts.length < limits.scoreParts && (
        <button
          ref={button}
          type="button"
          class="button"
          onClick={() => onChange([...parts, freshPart(parts, { name: '', points: 10, when: [] })])}
        >
          <Icon name="plus" size={18} />
          {t('addScorePart')}
        </button>
      )}
      {parts.length === 0 && (
        <button type="button" class="button quiet" onClick={begin}>
          {t('scoreUsual')}
        </button>
      )}
    </p>
  )
}

function HalfLife({ score, onChange }: { score: LeadScore; onChange: (part: Partial<LeadScore>) => void }) {
  const words = useWords()
  const { t } = words
  const { halfLifeSeconds } = score
  const choices = [...new Set([...halfLives, halfLifeSeconds])].sort((a, b) => a - b)
  return (
    <Field label={t('scoreHalfLife')} hint={exampleOf(words, score)}>
      {(ids) => (
        <select
          {...ids}
          class="select"
          value={halfLifeSeconds}
          onChange={(event) => onChange({ halfLifeSeconds: Number(event.currentTarget.value) })}
        >
          {choices.map((seconds) => (
            <option key={seconds} value={seconds}>
              {roughly(words, seconds * 1_000)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** With the site's own figures, which say more than a definition. */
function exampleOf(words: Words, { parts, halfLifeSeconds }: LeadScore): string {
  const [first] = parts
  if (!first) return ''
  return words.t('scoreExample', {
    name: first.name || words.t('scoreReason'),
    points: figure(words, first.points),
    half: figure(words, first.points / 2, 1),
    time: roughly(words, halfLifeSeconds * 1_000),
  })
}
