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
  const isPointedTo = () => frame.current?.querySelector('button:focus-visible') != null
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a pointer that rests there asks; the button within is for keys
    <span
      class="defined"
      ref={frame}
      onMouseEnter={show}
      onMouseLeave={() => isPointedTo() || hide()}
      onFocusOut={hide}
      onFocusIn={() => isPointedTo() && show()}
    >
      <button type="button" class={name} aria-describedby={id} onClick={onPress ?? show}>
        {children}
      </button>
      <span ref={told} class="definition" role="tooltip" id={id} popover="manual" data-open={open}>
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

/** Lies over everything: no table that scrolls and no edge of a screen cuts it off. Escape and a press beside close it. */
function useTold() {
  const [open, setOpen] = useState(false)
  const frame = useRef<HTMLSpanElement>(null)
  const told = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => (open ? telling({ frame, told }, () => setOpen(false)) : undefined), [open])
  return { frame, told, open, show: () => setOpen(true), hide: () => setOpen(false) }
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
