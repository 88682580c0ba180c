import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { RuleNode } from '../../shared/triggers/rule.ts'
import { useWords } from '../ui/context.tsx'
import { Icon } from '../ui/icons.tsx'
import type { Words } from '../ui/words.ts'
import { nouns, type Offer, offers, searched } from './offers.ts'
import { usePopover } from './popover.tsx'

const kindsOffered = Object.keys(offers).filter((kind): kind is keyof typeof offers => kind in offers)

/** Everything that can be added, in the words of this language. */
function offersIn({ t }: Words, withGroup: boolean): Offer[] {
  const conditions = nouns.flatMap((noun) =>
    kindsOffered
      .filter((kind) => offers[kind].noun === noun)
      .map((id) => ({ id, noun, name: t(`kind.${id}`), about: t(`kind.${id}.about`) })),
  )
  if (!withGroup) return conditions
  return [...conditions, { id: 'group', noun: 'groups', name: t('kind.group'), about: t('kind.group.about') }]
}

const nodeOf = ({ id }: Offer): RuleNode =>
  id === 'group' ? { kind: 'any', of: [] } : structuredClone(offers[id].begin)

interface AddProps {
  label: string
  /** Whether a group may stand here as well. */
  withGroup: boolean
  onAdd: (node: RuleNode, name: string) => void
}

/** A menu to search in: conditions by what they are about, each with a line on what it means. */
export function AddCondition({ label, withGroup, onAdd }: AddProps) {
  const words = useWords()
  const popover = usePopover()
  return (
    <div class="add" ref={popover.frame}>
      <button
        ref={popover.opener}
        type="button"
        class="button quiet add-button"
        aria-haspopup="listbox"
        aria-expanded={popover.open}
        onClick={() => (popover.open ? popover.hide(true) : popover.show())}
      >
        <Icon name="plus" size={16} />
        {label}
      </button>
      {popover.open && (
        <Finder
          all={offersIn(words, withGroup)}
          onPick={(offer) => {
            popover.hide(false)
            onAdd(nodeOf(offer), offer.name)
          }}
        />
      )}
    </div>
  )
}

function Finder({ all, onPick }: { all: readonly Offer[]; onPick: (offer: Offer) => void }) {
  const { t } = useWords()
  const id = useId()
  const [search, setSearch] = useState('')
  const [at, setAt] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [])
  const found = searched(all, search)
  const current = found[Math.min(at, found.length - 1)]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      if (current) onPick(current)
      return
    }
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: found.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    setAt(Math.max(0, Math.min(found.length - 1, next)))
  }
  return (
    <div class="finder">
      <input
        ref={field}
        class="input finder-search"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={current ? `${id}-${current.id}` : undefined}
        aria-label={t('findCondition')}
        placeholder={t('findCondition')}
        autoComplete="off"
        value={search}
        onInput={(event) => {
          setSearch(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <Found {...{ id, found, current, onPick }} />
      {found.length === 0 && (
        <p class="finder-none" role="status">
          {t('noSuchCondition')}
        </p>
      )}
    </div>
  )
}

interface FoundProps {
  id: string
  found: readonly Offer[]
  current: Offer | undefined
  onPick: (offer: Offer) => void
}

function Found({ id, found, current, onPick }: FoundProps) {
  const { t } = useWords()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [current?.id])
  return (
    <div
      ref={list}
      id={id}
      class="finder-list"
      role="listbox"
      aria-label={t('conditions')}
      hidden={!found.length}
    >
      {([...nouns, 'groups'] as const).map((noun) => {
        const own = found.filter((one) => one.noun === noun)
        if (own.length === 0) return null
        return (
          // biome-ignore lint/a11y/useSemanticElements: a listbox is divided into groups, not fieldsets
          <div key={noun} role="group" aria-labelledby={`${id}-${noun}`}>
            <p id={`${id}-${noun}`} class="finder-noun" aria-hidden="true">
              {t(`noun.${noun}`)}
            </p>
            {own.map((offer) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keyboard
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, as a combobox has it
              <div
                key={offer.id}
                id={`${id}-${offer.id}`}
                class="finder-offer"
                role="option"
                aria-selected={offer.id === current?.id}
                onClick={() => onPick(offer)}
              >
                <span class="finder-name">{offer.name}</span>
                <span class="finder-about">{offer.about}</span>
              </div>
            ))}
          </div>
        )
      })}
    </div>
  )
}
