import type { ComponentChildren, RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

export interface Popover {
  open: boolean
  frame: RefObject<HTMLDivElement | null>
  opener: RefObject<HTMLButtonElement | null>
  show(): void
  /** Puts the focus back to what opened it, unless it has gone elsewhere. */
  hide(refocus: boolean): void
}

/** What opens below a button and closes with Escape, with a press beside it, or when the focus leaves it. */
export function usePopover(): Popover {
  const [open, setOpen] = useState(false)
  const frame = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const hide = (refocus: boolean) => {
    setOpen(false)
    if (refocus) opener.current?.focus()
  }
  useEffect(() => {
    const around = frame.current
    if (!open || !around) return
    const leave = (event: Event) => {
      if (event.target instanceof Node && !around.contains(event.target)) setOpen(false)
    }
    const leaveByKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      hide(true)
    }
    around.addEventListener('keydown', leaveByKey)
    document.addEventListener('pointerdown', leave)
    document.addEventListener('focusin', leave)
    return () => {
      around.removeEventListener('keydown', leaveByKey)
      document.removeEventListener('pointerdown', leave)
      document.removeEventListener('focusin', leave)
    }
  }, [open])
  return { open, frame, opener, hide, show: () => setOpen(true) }
}

export interface Act {
  id: string
  words: string
  /** Left out of reach where it cannot be done now. */
  possible?: boolean
  act: () => void
}

interface MenuProps {
  popover: Popover
  label: string
  acts: readonly Act[]
  children?: ComponentChildren
}

/** A few things to do with something; arrow keys go through them. */
export function Menu({ popover, label, acts }: MenuProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (popover.open) list.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
  }, [popover.open])
  if (!popover.open) return null
  const step = (by: number) => {
    const items = [...(list.current?.querySelectorAll('[role=menuitem]') ?? [])]
    const at = items.findIndex((one) => one.matches(':focus'))
    const next = items.at((at + by) % items.length)
    if (next instanceof HTMLElement) next.focus()
  }
  return (
    <div
      ref={list}
      class="menu"
      role="menu"
      aria-label={label}
      onKeyDown={(event) => {
        const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
        if (!by) return
        event.preventDefault()
        event.stopPropagation()
        step(by)
      }}
    >
      {acts
        .filter(({ possible = true }) => possible)
        .map(({ id, words, act }) => (
          <button
            key={id}
            type="button"
            role="menuitem"
            class="menu-item"
            onClick={() => {
              popover.hide(true)
              act()
            }}
          >
            {words}
          </button>
        ))}
    </div>
  )
}
