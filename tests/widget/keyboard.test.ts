// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest'
import { stayAboveKeyboard } from '../../widget/live/offers/keyboard.ts'

/** A form in its card in its place, on a phone whose keyboard can come up. */
function onPhone() {
  const listening = new Set<unknown>()
  const viewport = Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0 })
  const { addEventListener, removeEventListener } = viewport
  Object.assign(viewport, {
    addEventListener(...given: Parameters<typeof addEventListener>) {
      listening.add(given[1])
      addEventListener.apply(viewport, given)
    },
    removeEventListener(...given: Parameters<typeof removeEventListener>) {
      listening.delete(given[1])
      removeEventListener.apply(viewport, given)
    },
  })
  vi.stubGlobal('visualViewport', viewport)
  const [place, card, form] = ['div', 'div', 'form'].map((tag) => document.createElement(tag))
  if (!place || !card || !form) throw new Error('nothing was made')
  document.body.append(place)
  place.append(card)
  card.append(form)
  stayAboveKeyboard(form)
  const keyboard = (height: number) => {
    viewport.height = innerHeight - height
    viewport.dispatchEvent(new Event('resize'))
  }
  return { place, card, form, keyboard, listening }
}

it('H20 a form stands above the keyboard while somebody writes in it, and then where it stood', () => {
  const { place, form, keyboard, listening } = onPhone()
  form.dispatchEvent(new Event('focusin'))
  keyboard(300)
  expect(place.style.insetBlockEnd).toBe('308px')
  form.dispatchEvent(new FocusEvent('focusout'))
  expect(place.style.insetBlockEnd).toBe('')
  expect(listening.size).toBe(0)
})

it('H20 a form that was sent leaves its place as it was, and nothing listening on the page', () => {
  const { place, card, form, keyboard, listening } = onPhone()
  form.dispatchEvent(new Event('focusin'))
  keyboard(300)
  card.remove()
  keyboard(0)
  expect(place.style.insetBlockEnd).toBe('')
  expect(listening.size).toBe(0)
})
