/** Less than this is no keyboard, but the browser's own bar coming and going, in px. */
const leastKeyboard = 120

/** Keeps a card above a phone's on-screen keyboard for as long as it stands in the page. */
export function stayAboveKeyboard(form: HTMLElement): void {
  const viewport = window.visualViewport
  const settle = () => {
    const card = form.parentElement
    const place = card?.parentElement
    if (!viewport || !card || !place || !form.isConnected) return
    const covered = innerHeight - viewport.height - viewport.offsetTop
    const isUp = covered >= leastKeyboard
    place.style.insetBlockEnd = isUp ? `${covered + 8}px` : ''
    card.style.maxBlockSize = isUp ? `${viewport.height - 16}px` : ''
  }
  // Nobody types in a form that is gone: with the focus this ends too.
  form.addEventListener('focusin', () => viewport?.addEventListener('resize', settle))
  form.addEventListener('focusout', (event) => {
    if (event.relatedTarget instanceof Node && form.contains(event.relatedTarget)) return
    viewport?.removeEventListener('resize', settle)
    const place = form.parentElement?.parentElement
    if (place) place.style.insetBlockEnd = ''
    if (form.parentElement) form.parentElement.style.maxBlockSize = ''
  })
}
