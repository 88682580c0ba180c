import { useRef, useState } from 'preact/hooks'
import type { SiteId } from '../../shared/ids.ts'
import type { Failure, Result } from '../../shared/result.ts'
import type { RuleNode } from '../../shared/triggers/rule.ts'
import type { Segment } from '../../shared/triggers/segments.ts'
import type { SegmentDraft, UnreadableSegment } from '../../shared/triggers/stored-sorting.ts'
import { sayFault } from '../../shared/triggers/words/words.ts'
import { ConditionsEditor } from '../conditions/conditions-editor.tsx'
import { everyPage, type List } from '../connection/api.ts'
import { useDeskState, useSurroundings, useWords } from '../ui/context.tsx'
import { useLoaded } from '../ui/hooks.tsx'
import { Fault, Skeleton } from '../ui/parts.tsx'
import { Toast } from '../ui/toast.tsx'
import type { TextKey } from '../ui/words.ts'
import { InItNow, pageAlone, said } from './in-it-now.tsx'
import { ifUnchanged, NamedCard, NamedForm, NamedRow } from './named-card.tsx'
import { useRemoving } from './removing.tsx'

/** `revision`: what it was when it was opened. */
type Draft = SegmentDraft & { id: string | null; revision?: string }
type Shown = Segment & { revision: string }
type Listed = List<Shown> & { unreadable: UnreadableSegment[] }

/** To begin with, and to see what a segment can be. */
const examples: readonly { name: TextKey; when: RuleNode[] }[] = [
  {
    name: 'exampleBuyers',
    when: [
      { kind: 'url', glob: '/pricing*' },
      { kind: 'secondsOnSite', atLeast: 120 },
    ],
  },
  {
    name: 'exampleBack',
    when: [
      { kind: 'returning', is: true },
      { kind: 'visits', atLeast: 3 },
    ],
  },
  { name: 'exampleCampaign', when: [{ kind: 'utm', field: 'campaign', glob: '?*' }] },
]

/** Saved conditions: who belongs together, to be asked for in rules, in the list of visitors and in the score. */
export function SegmentsCard({ siteId }: { siteId: SiteId }) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const version = useDeskState((desk) => desk.workspaceVersion)
  const segments = useLoaded(`segments ${siteId} ${version}`, () =>
    everyPage<Shown, Listed>(api, '/segments', { site: siteId }),
  )
  const [draft, setDraft] = useState<Draft | null>(null)
  const removing = useRemoving('/segments', segments.again)
  if (segments.value === null)
    return segments.failed ? <Fault text={t('couldNotLoad')} again={segments.again} /> : <Skeleton rows={2} />
  const { items, unreadable } = segments.value
  const fresh = (name = '', when: RuleNode[] = []) => setDraft({ id: null, siteId, name, when })
  const done = () => {
    setDraft(null)
    removing.left()
    segments.again()
  }
  const change = (part: Partial<Draft>) => setDraft((held) => held && { ...held, ...part })
  if (draft) return <SegmentForm draft={draft} onChange={change} onDone={done} />
  return (
    <NamedCard
      id="segments-title"
      title={t('segments')}
      about={t('segmentsAbout')}
      add={t('addSegment')}
      returned={removing.gone}
      onAdd={() => fresh()}
    >
      <ul class="accounts">
        {items.map((segment) => (
          <OneSegment
            key={segment.id}
            segment={segment}
            onEdit={() => setDraft(segment)}
            onRemove={() => removing.remove(segment)}
          />
        ))}
        {unreadable.map((one) => (
          <Unreadable key={one.id} segment={one} />
        ))}
      </ul>
      {items.length === 0 && <Examples onChoose={fresh} />}
      <Toast done={removing.done} onGone={() => removing.say(null)} />
    </NamedCard>
  )
}

interface OneProps {
  segment: Segment
  onEdit: () => void
  onRemove: () => Promise<Result<unknown>>
}

function OneSegment({ segment, onEdit, onRemove }: OneProps) {
  const words = useWords()
  return (
    <NamedRow
      name={segment.name}
      about={said(words, segment.when)}
      aside={<InItNow siteId={segment.siteId} when={segment.when} short />}
      onEdit={onEdit}
      onRemove={onRemove}
    />
  )
}

const Unreadable = ({ segment }: { segment: UnreadableSegment }) => {
  const { t, locale } = useWords()
  return (
    <li class="named">
      <div class="named-words">
        <p class="account-name">
          <bdi>{segment.name}</bdi>
          <span class="tag">{t('segmentUnreadable')}</span>
        </p>
        <ul class="inline-fault">
          {segment.faults.map((fault) => (
            <li key={fault.path}>{sayFault(fault, locale)}</li>
          ))}
        </ul>
      </div>
    </li>
  )
}

function Examples({ onChoose }: { onChoose: (name: string, when: RuleNode[]) => void }) {
  const words = useWords()
  const { t } = words
  return (
    <div class="examples">
      <p class="quiet-words">{t('segmentExamples')}</p>
      {examples.map(({ name, when }) => (
        <button key={name} type="button" class="example" onClick={() => onChoose(t(name), when)}>
          <strong>{t(name)}</strong>
          <span>{said(words, when)}</span>
        </button>
      ))}
    </div>
  )
}

interface SegmentFormProps {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
  onDone: () => void
}

function SegmentForm({ draft, onChange, onDone }: SegmentFormProps) {
  const { t } = useWords()
  const { api } = useSurroundings()
  const [error, setError] = useState<Failure | null>(null)
  const { id, siteId, name, when, revision } = draft
  const latest = useRef(draft)
  latest.current = draft
  const save = async () => {
    const body = { siteId, name: name.trim(), when }
    const path = id ? `/segments/${encodeURIComponent(id)}` : '/segments'
    const answer = await (id
      ? api.send<Shown>('PUT', path + ifUnchanged(revision), body)
      : api.send<Shown>('POST', path, body))
    setError(answer.ok ? null : answer.error)
    if (answer.ok) {
      // What was written while it was under way was not sent, and is still to be saved.
      if (latest.current === draft) return onDone()
      return onChange({ id: answer.value.id, revision: answer.value.revision })
    }
    if (answer.error.path !== 'ifRevision') return
    // They have been told: who saves once more means it.
    const now = await api.get<Shown>(path)
    if (now.ok) onChange({ revision: now.value.revision })
  }
  return (
    <NamedForm
      title={t(id ? 'segment' : 'addSegment')}
      name={name}
      onName={(next) => onChange({ name: next })}
      error={error}
      onSave={save}
      onCancel={onDone}
    >
      <div class="field">
        <span class="label">{t('segmentWho')}</span>
        <ConditionsEditor when={when} site={siteId} onChange={(next) => onChange({ when: next })} />
      </div>
      {pageAlone(when) && <p class="quiet-words">{t('segmentPageAlone')}</p>}
      <InItNow siteId={siteId} when={when} />
    </NamedForm>
  )
}
