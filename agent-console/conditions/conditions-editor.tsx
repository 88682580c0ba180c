import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { SiteId } from '../../shared/ids.ts'
import { limits } from '../../shared/limits.ts'
import type { RuleNode } from '../../shared/triggers/rule.ts'
import { sayCondition } from '../../shared/triggers/words/words.ts'
import { useWords } from '../ui/context.tsx'
import { AddCondition } from './add-condition.tsx'
import { useDragging } from './dragging.tsx'
import { type ConditionsEditing, type PlacedFault, ProvideEditing } from './editing.tsx'
import { sayMoved } from './handle.tsx'
import { useKnown } from './known.tsx'
import { NodeRow } from './node-row.tsx'
import { idOf, inserted, mayGrow, type Nodes, nodeAt, type Place, removed } from './tree.ts'

export interface ConditionsEditorProps {
  /** All must hold. Hand back what `onChange` told, not a copy: nodes are told apart by what they are. */
  when: readonly RuleNode[]
  onChange: (when: RuleNode[]) => void
  site: SiteId
  /** What is wrong, shown where it is. */
  faults?: readonly PlacedFault[]
}

interface Removal {
  node: RuleNode
  place: Place
  said: string
}

/** Conditions as a sentence that is written in, with groups within groups. */
export function ConditionsEditor({ when, onChange, site, faults = [] }: ConditionsEditorProps) {
  const words = useWords()
  const { t } = words
  const known = useKnown(site)
  const [said, announce] = useState('')
  const [removal, setRemoval] = useState<Removal | null>(null)
  const [typed] = useState(() => new Map<string, string>())
  const { frame, focusOn } = useFocus()
  const { dragged, listeners } = useDragging({
    ...{ nodes: when, change: onChange },
    dropped(node, place) {
      announce(sayMoved(words, sayCondition(node, words.locale), place))
      focusOn(idOf(node), 'handle')
    },
  })
  const editing: ConditionsEditing = {
    ...{ site, nodes: when, known, faults, typed, dragged, announce, focusOn, change: onChange },
  }
  const add = (node: RuleNode, name: string) => {
    onChange([...when, node])
    announce(t('conditionAdded', { what: name }))
    focusOn(idOf(node), 'field')
  }
  const remove = (node: RuleNode, place: Place, what: string) => {
    onChange(removed(when, place))
    setRemoval({ node, place, said: what })
  }
  const restore = ({ node, place }: Removal) => {
    onChange(putBack(when, place, node))
    setRemoval(null)
    focusOn(idOf(node), 'field')
  }
  return (
    <ProvideEditing value={editing}>
      <div class="conditions" ref={frame} {...listeners}>
        <Clauses when={when} onRemove={remove} />
        {removal && <Undo removal={removal} onUndo={() => restore(removal)} />}
        {mayGrow(when) ? (
          <AddCondition label={t('addCondition')} withGroup onAdd={add} />
        ) : (
          <p class="quiet-words">{t('conditionsFull', { n: limits.conditionsPerRule })}</p>
        )}
        <p class="out-of-sight" role="status">
          {said}
        </p>
      </div>
    </ProvideEditing>
  )
}

interface ClausesProps {
  when: Nodes
  onRemove: (node: RuleNode, place: Place, said: string) => void
}

function Clauses({ when, onRemove }: ClausesProps) {
  const { t } = useWords()
  return (
    <ul class="clauses">
      {when.map((node, i) => (
        <NodeRow
          key={idOf(node)}
          node={node}
          place={[i]}
          joiner={i === 0 ? '' : t('and')}
          onRemove={onRemove}
        />
      ))}
    </ul>
  )
}

/** Where it was, or at the end when the group it was in has gone. */
const putBack = (nodes: Nodes, place: Place, node: RuleNode): RuleNode[] => {
  const group = place.slice(0, -1)
  const there = group.length === 0 || nodeAt(nodes, group) !== undefined
  return there ? inserted(nodes, place, node) : [...nodes, node]
}

/** Takes the focus from what was removed, so that the keyboard is never left without a place. */
function Undo({ removal, onUndo }: { removal: Removal; onUndo: () => void }) {
  const { t } = useWords()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [removal])
  return (
    <p class="undo" role="status">
      <span>{t('removedWhat', { what: removal.said })}</span>
      <button ref={button} type="button" class="button quiet" onClick={onUndo}>
        {t('undo')}
      </button>
    </p>
  )
}

interface Wanted {
  id: number
  part: 'field' | 'handle'
}

/** Finds what was drawn for a condition, once it is. */
function useFocus() {
  const frame = useRef<HTMLDivElement>(null)
  const wanted = useRef<Wanted | null>(null)
  useLayoutEffect(() => {
    const now = wanted.current
    if (!now) return
    const row = frame.current?.querySelector(`[data-node="${now.id}"]`)
    if (!row) return
    wanted.current = null
    const handle = row.querySelector<HTMLElement>('[data-handle]')
    const field = row.querySelector<HTMLElement>('.clause-words :is(input, select, button)')
    const target = now.part === 'handle' ? handle : (field ?? handle)
    target?.focus()
  })
  const focusOn = (id: number, part: Wanted['part']) => {
    wanted.current = { id, part }
  }
  return { frame, focusOn }
}
