import { type Connective, type Group, isGroup } from '../../shared/triggers/answer.ts'
import type { Condition, RuleNode } from '../../shared/triggers/rule.ts'
import { piecesOf, sayCondition } from '../../shared/triggers/words/words.ts'
import { useWords } from '../ui/context.tsx'
import { IconButton } from '../ui/parts.tsx'
import { AddCondition } from './add-condition.tsx'
import { type PlacedFault, useEditing } from './editing.tsx'
import { Extras } from './extras.tsx'
import { ChoiceSlot } from './fields.tsx'
import { Handle } from './handle.tsx'
import { NamedHours } from './named-hours.tsx'
import { SlotControl } from './slots.tsx'
import { idOf, inserted, mayGrow, mayNest, type Place, pathOf, replaced } from './tree.ts'

interface RowProps {
  node: RuleNode
  place: Place
  /** The word between this and the one before; empty for the first. */
  joiner: string
  onRemove: (node: RuleNode, place: Place, said: string) => void
}

/** One condition, or a group of them, with what can be done to it. */
export function NodeRow(props: RowProps) {
  const { node, place, joiner, onRemove } = props
  const { t, locale } = useWords()
  const said = sayCondition(node, locale)
  const { dragged } = useEditing()
  const kind = isGroup(node) ? 'clause clause-group' : 'clause'
  return (
    <li class={dragged === idOf(node) ? `${kind} dragged` : kind} data-node={idOf(node)}>
      <div class="clause-line">
        <span class="clause-join">{joiner}</span>
        <span class="clause-words">
          {isGroup(node) ? (
            <GroupHead group={node} place={place} />
          ) : (
            <Clause condition={node} place={place} />
          )}
        </span>
        <div class="clause-acts">
          <Handle node={node} place={place} said={said} icon="grip" />
          <IconButton
            icon="close"
            label={t(isGroup(node) ? 'removeGroup' : 'removeThis', { what: said })}
            onClick={() => onRemove(node, place, said)}
          />
        </div>
      </div>
      <Faults place={place} deep={!isGroup(node)} />
      {isGroup(node) && <Members group={node} place={place} onRemove={onRemove} />}
    </li>
  )
}

/** The faults at this place; `deep`: in its fields as well. */
const faultsAt = (faults: readonly PlacedFault[], place: Place, deep: boolean): PlacedFault[] => {
  const own = pathOf(place)
  return faults.filter(
    ({ path }) => path === own || path === `${own}.of` || (deep && path.startsWith(`${own}.`)),
  )
}

function Faults({ place, deep }: { place: Place; deep: boolean }) {
  const found = faultsAt(useEditing().faults, place, deep)
  return (
    <>
      {found.map(({ path, text }) => (
        <p key={path + text} class="clause-fault" role="alert">
          {text}
        </p>
      ))}
    </>
  )
}

/** What is written below the sentence, and only read in it. */
const saidOnly: ReadonlySet<string> = new Set(['hours', 'calendar'])

function Clause({ condition, place }: { condition: Condition; place: Place }) {
  const { locale } = useWords()
  const editing = useEditing()
  const change = (next: Condition) => editing.change(replaced(editing.nodes, place, next))
  const own = pathOf(place)
  const faulty = (slot: string) => editing.faults.some(({ path }) => path.startsWith(`${own}.${slot}`))
  return (
    <>
      {piecesOf(condition, locale).map(({ words, slot }, i) =>
        slot === null || saidOnly.has(slot) ? (
          <span key={`words ${i}`}>{words}</span>
        ) : (
          <SlotControl
            key={slot}
            {...{ condition, slot }}
            faulty={faulty(slot === 'ago' ? 'seconds' : slot === 'property' ? 'where.property' : slot)}
            onChange={change}
          />
        ),
      )}
      <Extras condition={condition} onChange={change} />
      {condition.kind === 'schedule' && <NamedHours condition={condition} onChange={change} />}
    </>
  )
}

const connectives = ['all', 'any', 'not'] as const satisfies readonly Connective[]

function GroupHead({ group, place }: { group: Group<Condition>; place: Place }) {
  const { t } = useWords()
  const editing = useEditing()
  return (
    <ChoiceSlot
      label={t('groupKind')}
      value={group.kind}
      choices={connectives.map((kind) => [kind, t(`group.${kind}`)])}
      onChange={(kind) => editing.change(replaced(editing.nodes, place, { ...group, kind }))}
    />
  )
}

interface MembersProps {
  group: Group<Condition>
  place: Place
  onRemove: RowProps['onRemove']
}

function Members({ group, place, onRemove }: MembersProps) {
  const { t } = useWords()
  const editing = useEditing()
  const add = (node: RuleNode, name: string) => {
    editing.change(inserted(editing.nodes, [...place, group.of.length], node))
    editing.announce(t('conditionAdded', { what: name }))
    editing.focusOn(idOf(node), 'field')
  }
  return (
    <>
      <ul class="clauses">
        {group.of.map((node, i) => (
          <NodeRow
            key={idOf(node)}
            node={node}
            place={[...place, i]}
            joiner={i === 0 ? '' : t(group.kind === 'all' ? 'and' : 'or')}
            onRemove={onRemove}
          />
        ))}
      </ul>
      {mayGrow(editing.nodes) && (
        <AddCondition label={t('addToGroup')} withGroup={mayNest([...place, 0])} onAdd={add} />
      )}
    </>
  )
}
