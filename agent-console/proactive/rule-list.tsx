import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { RuleId } from '../../shared/ids.ts'
import { useMayConfigure, useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import type { RuleShown } from './draft.ts'
import { type Editing, EditRule } from './edit-rule.tsx'
import type { RuleDesk } from './rule-book.tsx'
import { RuleCard } from './rule-card.tsx'

interface ListProps {
  /** Of one site, in their order. */
  rules: readonly RuleShown[]
  desk: RuleDesk
  editing: Editing
  onEdit: (editing: Editing) => void
}

/** The rules in the order in which they speak; each can be drawn, or moved by arrow keys, to another place. */
export function RuleList({ rules, desk, editing, onEdit }: ListProps) {
  const { t } = useWords()
  const order = useOrder(rules, desk)
  const mayConfigure = useMayConfigure()
  return (
    <div>
      <ol class="rules" ref={order.list} aria-label={t('rulesInOrder')}>
        {order.shown.map((rule, i) => (
          <li key={rule.id} data-rule={rule.id} class={order.dragged === rule.id ? 'dragged' : undefined}>
            {editing.name === 'rule' && editing.id === rule.id ? (
              <EditRule
                {...{ rule, desk }}
                onDone={() => {
                  order.focusOn(rule.id, '[tabindex]')
                  onEdit({ name: 'none' })
                }}
              />
            ) : (
              <RuleCard
                {...{ rule, desk }}
                onEdit={() => onEdit({ name: 'rule', id: rule.id })}
                grip={
                  mayConfigure &&
                  rules.length > 1 && <Grip {...{ rule, order }} place={i} of={rules.length} />
                }
              />
            )}
          </li>
        ))}
      </ol>
      <p class="out-of-sight" role="status">
        {order.said}
      </p>
    </div>
  )
}

interface GripProps {
  rule: RuleShown
  order: Order
  place: number
  of: number
}

function Grip({ rule, order, place, of }: GripProps) {
  const { t } = useWords()
  return (
    <button
      type="button"
      class="icon-button grip"
      data-grip={rule.id}
      aria-label={t('orderGrip', { name: rule.name, place: place + 1, of })}
      title={t('orderHint')}
      onKeyDown={(event) => {
        const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
        if (!step) return
        event.preventDefault()
        order.step(rule, place + step)
      }}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        order.take(rule.id)
      }}
      onPointerMove={(event) => order.drag(event.clientY)}
      onPointerUp={() => order.drop()}
      onPointerCancel={() => order.letGo()}
    >
      <Icon name="grip" size={18} />
    </button>
  )
}

type Order = ReturnType<typeof useOrder>

/** Shows the order as it is being made, and tells the server once it is. */
function useOrder(rules: readonly RuleShown[], desk: RuleDesk) {
  const { t } = useWords()
  const list = useRef<HTMLOListElement>(null)
  const [ids, setIds] = useState<readonly RuleId[] | null>(null)
  const [dragged, setDragged] = useState<RuleId | null>(null)
  const [said, say] = useState('')
  const focusOn = useFocusOn(list)
  const before = rules.map(({ id }) => id)
  const now = ids?.length === rules.length && ids.every((id) => before.includes(id)) ? ids : before
  const sending = useRef(0)
  // What the server tells stands again once nothing is on its way to it.
  useEffect(() => {
    if (sending.current === 0 && !dragged) setIds(null)
  }, [before.join()])
  const send = async (next: readonly RuleId[]) => {
    if (next.join() === before.join()) return setIds(null)
    setIds(next)
    const [site] = rules
    sending.current++
    const kept = site && (await desk.order(site.siteId, next, before))
    sending.current--
    if (!kept) {
      setIds(null)
      say(t('notSaved'))
    }
  }
  const shown = now.flatMap((id) => rules.find((rule) => rule.id === id) ?? [])
  return {
    ...{ list, shown, dragged, said, focusOn },
    step(rule: RuleShown, to: number) {
      if (to < 0 || to >= now.length) return say(t('noFurther'))
      focusOn(rule.id, '[data-grip]')
      say(t('orderMoved', { name: rule.name, place: to + 1, of: now.length }))
      void send(movedTo(now, rule.id, to))
    },
    take: (id: RuleId) => setDragged(id),
    drag(y: number) {
      if (dragged) setIds(movedTo(now, dragged, placeAt(list.current, dragged, y)))
    },
    drop() {
      if (dragged) void send(now)
      setDragged(null)
    },
    letGo() {
      setDragged(null)
      setIds(null)
    },
  }
}

const movedTo = (ids: readonly RuleId[], id: RuleId, to: number): RuleId[] =>
  ids.filter((one) => one !== id).toSpliced(to, 0, id)

/** Below how many of the others the pointer is. */
function placeAt(list: HTMLElement | null, dragged: RuleId, y: number): number {
  const others = [...(list?.querySelectorAll('[data-rule]') ?? [])].filter(
    (one) => one.getAttribute('data-rule') !== dragged,
  )
  return others.filter((one) => {
    const { top, height } = one.getBoundingClientRect()
    return top + height / 2 < y
  }).length
}

/** Gives the focus to a part of a rule once it is drawn in its place. */
function useFocusOn(list: { current: HTMLElement | null }): (id: RuleId, part: string) => void {
  const wanted = useRef<string | null>(null)
  useLayoutEffect(() => {
    if (!wanted.current) return
    list.current?.querySelector<HTMLElement>(wanted.current)?.focus()
    wanted.current = null
  })
  return (id, part) => {
    wanted.current = `[data-rule="${id}"] ${part}`
  }
}
