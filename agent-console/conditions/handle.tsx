import { isGroup } from '../../shared/triggers/answer.ts'
import type { RuleNode } from '../../shared/triggers/rule.ts'
import { useWords } from '../ui/context.tsx'
import { Icon, type IconName } from '../ui/icons.tsx'
import type { Words } from '../ui/words.ts'
import { useEditing } from './editing.tsx'
import { type Act, Menu, usePopover } from './popover.tsx'
import { idOf, mayWrap, moved, type Place, unwrapped, wrapped } from './tree.ts'

interface HandleProps {
  node: RuleNode
  place: Place
  /** The condition or group in words. */
  said: string
  icon: IconName
}

/**
 * Arrow keys on it move the condition, through groups too, and so does a pointer (`dragging.tsx`); pressed, it offers the
 * same and more as a menu.
 */
export function Handle({ node, place, said, icon }: HandleProps) {
  const { t } = useWords()
  const popover = usePopover()
  const move = useMove(node, place, said)
  const acts = useActs({ node, place, said }, move)
  const label = t('moveCondition', { what: said })
  return (
    <div class="handle" ref={popover.frame}>
      <button
        ref={popover.opener}
        type="button"
        class="icon-button"
        data-handle={idOf(node)}
        aria-label={label}
        title={t('moveHint')}
        aria-haspopup="menu"
        aria-expanded={popover.open}
        onClick={() => (popover.open ? popover.hide(true) : popover.show())}
        onKeyDown={(event) => {
          const step = ({ ArrowUp: -1, ArrowDown: 1 } as const)[event.key]
          if (!step || popover.open) return
          event.preventDefault()
          move(step)
        }}
      >
        <Icon name={icon} size={18} />
      </button>
      <Menu popover={popover} label={label} acts={acts} />
    </div>
  )
}

/** What can be done to it where it stands. */
function useActs({ node, place, said }: Omit<HandleProps, 'icon'>, move: (step: 1 | -1) => void): Act[] {
  const { t } = useWords()
  const editing = useEditing()
  const change = (nodes: RuleNode[], announced: string) => {
    editing.change(nodes)
    editing.announce(announced)
    editing.focusOn(idOf(node), 'handle')
  }
  const { nodes } = editing
  return [
    { id: 'up', words: t('moveUp'), possible: moved(nodes, place, -1) !== null, act: () => move(-1) },
    { id: 'down', words: t('moveDown'), possible: moved(nodes, place, 1) !== null, act: () => move(1) },
    {
      id: 'group',
      words: t('putInGroup'),
      possible: mayWrap(nodes, place),
      act: () => change(wrapped(nodes, place, 'any'), t('nowInGroup', { what: said })),
    },
    {
      id: 'apart',
      words: t('takeApart'),
      possible: isGroup(node) && node.of.length > 0,
      act: () => editing.change(unwrapped(nodes, place)),
    },
  ]
}

function useMove(node: RuleNode, place: Place, said: string): (step: 1 | -1) => void {
  const words = useWords()
  const editing = useEditing()
  return (step) => {
    const next = moved(editing.nodes, place, step)
    if (!next) return editing.announce(words.t('noFurther'))
    editing.change(next.nodes)
    editing.focusOn(idOf(node), 'handle')
    editing.announce(sayMoved(words, said, next.place))
  }
}

export const sayMoved = ({ t }: Words, what: string, place: Place): string =>
  t(place.length > 1 ? 'movedInGroup' : 'movedTo', { what, place: (place.at(-1) ?? 0) + 1 })
