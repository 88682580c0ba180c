import { ahlan } from './ahlan.ts'
import { showCart } from './cart.ts'
import { startFinder } from './finder.ts'

startFinder()
showCart()

// A reserved place is asked for in the chat: that is what the shop is here to show.
document.addEventListener('click', ({ target }) => {
  if (target instanceof Element && target.closest('[data-ask]')) ahlan('open')
})
