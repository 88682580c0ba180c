/** Less than this is no keyboard, but the browser's own bar coming and going, in px. */
const leastKeyboard = 120

/** Keeps a card above a phone's on-screen keyboard for as long as somebody writes in it. */
export function stayAboveKeyboard(form: HTMLElement): void {
  const viewport = window.visualViewport
  let end: (() => void) | undefined

  function begin(): void {
    const card = form.parentElement
    const place = card?.parentElement
    if (end || !viewport || !card || !place) return
    const put = (bottom: string, most: string) => {
      place.style.insetBlockEnd = bottom
      card.style.maxBlockSize = most
    }
    const settle = () => {
      // Sent, it is gone without ever having lost the focus.
      if (!form.isConnected) return end?.()
      const covered = innerHeight - viewport.height - viewport.offsetTop
      if (covered < leastKeyboard) put('', '')
      else put(`${covered + 8}px`, `${viewport.height - 16}px`)
    }
    viewport.addEventListener('resize', settle)
    end = () => {
      end = undefined
      viewport.removeEventListener('resize', settle)
      put('', '')
    }
  }
  form.addEventListener('focusin', begin)
  form.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && form.contains(relatedTarget))) end?.()
  })
}
