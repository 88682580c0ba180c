import { useState } from 'preact/hooks'
import { type Aim, aims, priorities } from '../../shared/aims.ts'
import type { Team } from '../../shared/house.ts'
import { limits, times } from '../../shared/limits.ts'
import type { Failure } from '../../shared/result.ts'
import type { Target } from '../../shared/targets.ts'
import { secondsIn, unitName, units } from '../conditions/numbers.ts'
import { everyPage } from '../connection/api.ts'
import { aimNames } from '../due/dues.ts'
import { priorityIn, priorityNames } from '../due/priority.tsx'
import { useDeskState, useMayConfigure, useSurroundings, useWords } from '../ui/context.tsx'
import { roughly } from '../ui/format.ts'
import { useLoaded } from '../ui/hooks.tsx'
import { Icon } from '../ui/icons.tsx'
import { Fault, Field, IconButton, Skeleton } from '../ui/parts.tsx'
import { SaveFault } from './named-card.tsx'
import {
  draftOf,
  freshTarget,
  type TargetDraft,
  targetOf,
  type WithinDraft,
  withinOf,
} from './target-drafts.ts'

/** How soon teams mean to answer and to solve. */
export function TargetsCard() {
  const { t } = useWords()
  const { api } = useSurroundings()
  const held = useLoaded('targets', () => api.get<{ targets: Target[] }>('/targets'))
  if (!held.value)
    return held.failed ? <Fault text={t('couldNotLoad')} again={held.again} /> : <Skeleton rows={2} />
  return <TargetsForm held={held.value.targets} />
}

function TargetsForm({ held }: { held: readonly Target[] }) {
  const words = useWords()
  const { t } = words
  const mayConfigure = useMayConfigure()
  const { drafts, put, state, error, save } = useTargets(held)
  const add = () => put([...drafts, freshTarget(Math.max(0, ...drafts.map(({ key }) => key)) + 1)])
  return (
    <form
      class="card form"
      aria-labelledby="targets-title"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <header class="card-head">
        <h2 id="targets-title">{t('targets')}</h2>
        {mayConfigure && drafts.length < limits.targets && (
          <button type="button" class="button" onClick={add}>
            <Icon name="plus" size={18} />
            {t('addTarget')}
          </button>
        )}
      </header>
      <p class="card-about">
        {t('targetsAbout')} {t('targetsUsual', { time: roughly(words, times.responseTarget) })}
      </p>
      {drafts.length === 0 && <p class="quiet-words">{t('targetsNone')}</p>}
      <TargetRows drafts={drafts} checked={state === 'checked'} put={put} />
      {error && <SaveFault error={error} />}
      {mayConfigure && (
        <div class="form-actions">
          <span role="status" class="quiet-words">
            {state === 'saved' && t('saved')}
          </span>
          <button type="submit" class="button primary">
            {t('save')}
          </button>
        </div>
      )}
    </form>
  )
}

interface RowsProps {
  drafts: readonly TargetDraft[]
  /** They were to be saved: what is missing is said. */
  checked: boolean
  put: (drafts: TargetDraft[]) => void
}

const TargetRows = ({ drafts, checked, put }: RowsProps) => (
  <ul class="targets-list">
    {drafts.map((draft, i) => (
      <li key={draft.key}>
        <TargetRow
          draft={draft}
          number={i + 1}
          checked={checked}
          onChange={(next) => put(drafts.map((one) => (one === draft ? next : one)))}
          onRemove={() => put(drafts.filter((one) => one !== draft))}
        />
      </li>
    ))}
  </ul>
)

function useTargets(held: readonly Target[]) {
  const words = useWords()
  const { api } = useSurroundings()
  const [drafts, setDrafts] = useState(() => held.map((target, i) => draftOf(words, target, i)))
  const [state, setState] = useState<'idle' | 'checked' | 'saved'>('idle')
  const [error, setError] = useState<Failure | null>(null)
  return {
    ...{ drafts, state, error },
    put(next: TargetDraft[]) {
      setDrafts(next)
      if (state === 'saved') setState('idle')
    },
    async save() {
      const targets = drafts.map(targetOf)
      setState('checked')
      setError(null)
      if (targets.some((target) => target === null)) return
      const answer = await api.send('PUT', '/targets', { targets })
      setState(answer.ok ? 'saved' : 'idle')
      setError(answer.ok ? null : answer.error)
    },
  }
}

interface RowProps {
  draft: TargetDraft
  number: number
  checked: boolean
  onChange: (draft: TargetDraft) => void
  onRemove: () => void
}

function TargetRow({ draft, number, checked, onChange, onRemove }: RowProps) {
  const { t } = useWords()
  const mayConfigure = useMayConfigure()
  const isAimless = checked && aims.every((aim) => withinOf(draft[aim]) === undefined)
  return (
    <fieldset class="target" disabled={!mayConfigure}>
      <legend class="out-of-sight">{t('targetOne', { n: number })}</legend>
      <WhichTeam team={draft.team} onChange={(team) => onChange({ ...draft, team })} />
      <Field label={t('priority')}>
        {(ids) => (
          <select
            {...ids}
            class="select"
            value={draft.priority}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...draft, priority: value === '' ? '' : priorityIn(value) })
            }
          >
            <option value="">{t('targetEveryPriority')}</option>
            {priorities.map((one) => (
              <option key={one} value={one}>
                {t(priorityNames[one])}
              </option>
            ))}
          </select>
        )}
      </Field>
      {aims.map((aim, i) => (
        <Within
          key={aim}
          aim={aim}
          within={draft[aim]}
          fault={isAimless && i === 0 ? t('targetAimless') : null}
          onChange={(within) => onChange({ ...draft, [aim]: within })}
        />
      ))}
      {mayConfigure && <IconButton icon="trash" label={t('removeTarget')} onClick={onRemove} />}
    </fieldset>
  )
}

function WhichTeam({ team, onChange }: { team: string; onChange: (team: string) => void }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const teams = useLoaded(`/teams ${version}`, () => everyPage<Team>(api, '/teams')).value?.items ?? []
  return (
    <Field label={t('targetTeam')}>
      {(ids) => (
        <select
          {...ids}
          class="select"
          value={team}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          <option value="">{t('targetEveryTeam')}</option>
          {teams.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {team !== '' && !teams.some(({ id }) => id === team) && <option value={team}>{team}</option>}
        </select>
      )}
    </Field>
  )
}

interface WithinProps {
  aim: Aim
  within: WithinDraft
  fault: string | null
  onChange: (within: WithinDraft) => void
}

/** A number in the digits of any keyboard here, and its unit; nothing for no target. */
function Within({ aim, within, fault, onChange }: WithinProps) {
  const { t, tag } = useWords()
  const name = t(aimNames[aim])
  const ms = withinOf(within)
  const n = ms ? ms / 1_000 / secondsIn[within.unit] : 2
  return (
    <Field label={t('targetWithin', { aim: name })} fault={ms === null ? t('fieldFault') : fault}>
      {(ids) => (
        <span class="target-within">
          <input
            {...ids}
            class="input"
            inputMode="numeric"
            autocomplete="off"
            value={within.text}
            onInput={(event) => onChange({ ...within, text: event.currentTarget.value })}
          />
          <select
            class="select"
            aria-label={t('targetUnit', { aim: name })}
            value={within.unit}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...within, unit: units.find((one) => one === value) ?? 'minute' })
            }
          >
            {units.map((unit) => (
              <option key={unit} value={unit}>
                {unitName(tag, unit, n)}
              </option>
            ))}
          </select>
        </span>
      )}
    </Field>
  )
}
