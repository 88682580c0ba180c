interface ExitOptions {
  secondsOnPage(): number
  changed(): void
}

/** Who goes up so soon is on the way in, from the address bar or the tabs. */
const notBefore = 5

/**
 * Whether the mouse is on its way out by the top: from when it has left until it comes back. A finger has no way
 * out that could be seen, so on a touch screen nobody ever leaves like this.
 */
export function watchExit({ secondsOnPage, changed }: ExitOptions) {
  let end: AbortController | undefined
  let leaving = false

  function left({ pointerType, clientY }: PointerEvent): void {
    if (pointerType !== 'mouse' || clientY > 0 || secondsOnPage() < notBefore) return
    leaving = true
    changed()
  }
  function cameBack(): void {
    leaving = false
  }
  return {
    isLeaving: () => leaving,
    listen(wanted: boolean): void {
      if (wanted === Boolean(end)) return
      end?.abort()
      end = undefined
      leaving = false
      if (!wanted) return
      end = new AbortController()
      const { documentElement } = document
      const options = { passive: true, signal: end.signal }
      documentElement.addEventListener('pointerleave', left, options)
      documentElement.addEventListener('pointerenter', cameBack, options)
    },
    anew: cameBack,
  }
}
