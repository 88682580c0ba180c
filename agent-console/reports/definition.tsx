import type { ComponentChildren, RefObject } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useWords } from '../ui/context.tsx'
import { type Explained, explanations, type Term, terms } from './explanations.ts'

/** What is defined: a measure with its formula, or a word that stands around measures. */
export type Definable = { measure: Explained; term?: never } | { term: Term; measure?: never }

type DefinedProps = Definable & {
  children: ComponentChildren
  /** Where pressing it does something besides. */
  onPress?: () => void
  class?: string
}

/** A name whose definition is one hover, one press of Tab, or one touch away. */
export function Defined({ children, onPress, class: name = 'defined-word', ...what }: DefinedProps) {
  const lines = useLines(what)
  const id = useId()
  const { frame, told, open, show, hide } = useTold()
  const touched = useRef(false)
  const press = () => {
    onPress?.()
    if (!onPress || touched.current) show('press')
  }
  return (
    <span
      class="defined"
      ref={frame}
      onPointerEnter={({ pointerType }) => pointerType === 'mouse' && open === null && show('mouse')}
      onPointerLeave={() => open === 'mouse' && hide()}
      onPointerDown={({ pointerType }) => {
        touched.current = pointerType !== 'mouse'
      }}
      onFocusIn={() => frame.current?.querySelector(':focus-visible') != null && show('keys')}
      onFocusOut={hide}
    >
      <button type="button" class={name} aria-describedby={id} onClick={press}>
        {children}
      </button>
      <span ref={told} class="definition" role="tooltip" id={id} popover="manual" data-open={open !== null}>
        <span class="definition-box">
          {lines.map((line, i) => (
            <span key={line} class={i > 0 ? 'definition-formula' : undefined}>
              {line}
            </span>
          ))}
        </span>
      </span>
    </span>
  )
}

function useLines({ measure, term }: Definable): readonly string[] {
  const { t } = useWords()
  if (measure === undefined) return [t(terms[term])]
  const { meaning, formula } = explanations[measure]
  return [t(meaning), t(formula)]
}

/** What has asked for it: what a mouse has brought goes with it, the rest stays until one goes elsewhere. */
type Asking = 'mouse' | 'press' | 'keys'

/** Lies over everything: no table that scrolls and no edge of a screen cuts it off. Escape and a press beside close it. */
function useTold() {
  const [open, setOpen] = useState<Asking | null>(null)
  const frame = useRef<HTMLSpanElement>(null)
  const told = useRef<HTMLSpanElement>(null)
  const hide = () => setOpen(null)
  const isOpen = open !== null
  useLayoutEffect(() => (isOpen ? telling({ frame, told }, hide) : undefined), [isOpen])
  return { frame, told, open, show: (by: Asking) => setOpen(by), hide }
}

type Parts = Record<'frame' | 'told', RefObject<HTMLSpanElement | null>>

function telling({ frame, told }: Parts, hide: () => void) {
  const [around, box] = [frame.current, told.current]
  if (!around || !box) return
  box.showPopover?.()
  const settle = () => placeBelow(box, around)
  settle()
  const leave = (event: Event) => {
    if (event.target instanceof Node && !around.contains(event.target)) hide()
  }
  const leaveByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    hide()
  }
  document.addEventListener('pointerdown', leave)
  document.addEventListener('keydown', leaveByKey, true)
  document.addEventListener('scroll', settle, true)
  return () => {
    document.removeEventListener('pointerdown', leave)
    document.removeEventListener('keydown', leaveByKey, true)
    document.removeEventListener('scroll', settle, true)
    box.hidePopover?.()
  }
}

/** Clear of the edges of the screen. */
const margin = 16

/** Below the word, or above it where there is no room; from the side at which it begins. */
function placeBelow(box: HTMLElement, word: HTMLElement): void {
  const { left, right, bottom, top } = word.getBoundingClientRect()
  const { width, height } = box.getBoundingClientRect()
  const begin = getComputedStyle(word).direction === 'rtl' ? right - width : left
  const x = Math.max(margin, Math.min(begin, innerWidth - width - margin))
  const y = bottom + height > innerHeight && top > height ? top - height : bottom
  box.style.translate = `${x}px ${y}px`
}
