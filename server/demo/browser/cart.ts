import { formatMoney } from '../money.ts'
import { ahlan } from './ahlan.ts'

/** Quantities by ware. Kept for this tab only, and only once something was put in. */
type Cart = Record<string, number>

const place = 'lajvard.cart'

/** Makes the buttons work, and shows the cart where the page has one. */
export function showCart(): void {
  draw(read())
  document.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('button') : null
    if (button) press(button)
  })
}

function press(button: HTMLElement): void {
  const { add, added, remove, pay } = button.dataset
  if (add) {
    change(add, (quantity) => quantity + 1)
    button.textContent = added ?? ''
    ahlan('track', 'cart added', { product: add })
  }
  if (remove) change(remove, () => 0)
  if (pay !== undefined)
    for (const note of document.querySelectorAll<HTMLElement>('[data-cart-note]')) note.hidden = false
}

function change(slug: string, next: (quantity: number) => number): void {
  const cart = read()
  cart[slug] = next(cart[slug] ?? 0)
  write(cart)
  draw(cart)
}

/** What cannot be read counts as empty: storage may be forbidden or hold another page's things. */
function read(): Cart {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(place) ?? '{}')
    const pairs = Object.entries(stored ?? {}).filter(([, quantity]) => Number.isSafeInteger(quantity))
    return Object.fromEntries(pairs.map(([slug, quantity]) => [slug, Number(quantity)]))
  } catch {
    return {}
  }
}

function write(cart: Cart): void {
  try {
    sessionStorage.setItem(place, JSON.stringify(cart))
  } catch (error) {
    console.info('The cart is kept until the page is left:', error)
  }
}

function draw(cart: Cart): void {
  const format =
    document.querySelector<HTMLElement>('[data-cart]')?.dataset.format ?? document.documentElement.lang
  const number = new Intl.NumberFormat(format)
  let total = 0
  for (const line of document.querySelectorAll<HTMLElement>('[data-line]')) {
    const quantity = cart[line.dataset.line ?? ''] ?? 0
    line.hidden = quantity === 0
    total += quantity * Number(line.dataset.amount)
    for (const place of line.querySelectorAll('[data-quantity]')) place.textContent = number.format(quantity)
  }
  drawTotal(total)
  const count = Object.values(cart).reduce((sum, quantity) => sum + quantity, 0)
  for (const badge of document.querySelectorAll<HTMLElement>('[data-cart-count]')) {
    badge.hidden = count === 0
    badge.textContent = number.format(count)
  }
}

function drawTotal(total: number): void {
  const page = document.querySelector<HTMLElement>('[data-cart]')
  if (!page) return
  const { format = 'en', currency = 'USD' } = page.dataset
  for (const place of page.querySelectorAll('[data-cart-total]'))
    place.textContent = formatMoney(total, format, currency)
  for (const sum of page.querySelectorAll<HTMLElement>('[data-cart-sum]')) sum.hidden = total === 0
  for (const empty of page.querySelectorAll<HTMLElement>('[data-cart-empty]')) empty.hidden = total > 0
}
